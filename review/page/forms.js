// forms.js - questions about a document: judgement, data, comments.
import {h, foreign, harmless} from './dom.js';
import {t} from './words.js';
import {dialog, field, choice, check} from './dialog.js';

export async function askJudgement(store) {
	const entry = store.entry(store.document);
	const judgement = choice(
		[['', t('asDerived')], ...store.words.judgements.map(each => [each.id, each.label])],
		entry.judged ? entry.judgement : ''
	);
	const motivation = h('textarea', {rows: 3, value: entry.motivation || ''});
	return dialog(
		t('judgeTitle'),
		[
			h('p.about', {}, foreign(entry.title || entry.name)),
			h('p', {}, t('derived', {judgement: store.label('judgements', entry.derived)})),
			field(t('judgement'), judgement),
			field(t('motivation'), motivation),
		],
		{
			confirm: t('save'),
			answer: () => ({
				act: 'judge',
				document: entry.document,
				judgement: judgement.value || null,
				motivation: motivation.value.trim() || null,
			}),
		}
	).done;
}

export async function askData(store) {
	const entry = store.entry(store.document),
		detail = store.detail;
	const text = (name, properties = {}) => h('input', {value: entry[name] ?? '', name, ...properties});
	const inputs = {
		title: text('title'),
		date: text('date', {type: 'date'}),
		family: text('family', {inputMode: 'numeric'}),
		url: text('url', {type: 'url'}),
		remark: h('textarea', {rows: 2, value: entry.remark ?? ''}),
		type: choice(
			[['', t('none')], ...store.words.types.map(each => [each.id, each.label])],
			entry.type
		),
		duplicate_of: choice(
			[
				['', t('none')],
				...store.documents
					.filter(other => other !== entry)
					.map(other => [other.document, harmless(other.title || other.name)]),
			],
			entry.duplicate_of
		),
	};
	const flags = {
		environment: check(t('environment'), {checked: Boolean(entry.environment)}),
		emissions: check(t('emissions'), {checked: Boolean(entry.emissions)}),
		suspended: check(t('flagSuspended'), {checked: Boolean(entry.suspended)}),
	};
	const labels = {
		title: 'docTitle',
		date: 'docDate',
		type: 'docType',
		family: 'docFamily',
		url: 'url',
		remark: 'remark',
		duplicate_of: 'flagDuplicate',
	};
	const numbers = ['family', 'duplicate_of'];
	const related = (detail.related || []).map(each =>
		h(
			'li',
			{},
			t('relation.' + each.relation),
			' ',
			foreign(store.entry(each.document)?.name ?? each.document)
		)
	);
	const changed = () => {
		const action = {act: 'document', document: entry.document};
		for (const [name, input] of Object.entries(inputs)) {
			const value =
				input.value.trim() === ''
					? null
					: numbers.includes(name)
						? Number(input.value)
						: input.value.trim();
			if (value !== (entry[name] ?? null)) action[name] = value;
		}
		for (const [name, box] of Object.entries(flags))
			if (box.input.checked !== Boolean(entry[name])) action[name] = box.input.checked;
		return action;
	};
	return dialog(
		t('describeTitle'),
		[
			h('p.about', {}, foreign(entry.name)),
			Object.entries(inputs).map(([name, input]) => field(t(labels[name]), input)),
			Object.values(flags),
			related.length ? [h('h3', {}, t('related')), h('ul', {}, related)] : null,
		],
		{
			confirm: t('save'),
			answer: changed,
		}
	).done;
}

export async function askComment(store, mark, when) {
	const answer = await store.api.read('comments', {document: store.document});
	const list = answer.comments.map(each =>
		h(
			'li',
			{},
			h('p.by', {}, foreign(each.by), ' · ', when(each.time)),
			h('p', {dir: 'auto'}, harmless(each.text))
		)
	);
	const area = h('textarea', {rows: 3, required: true});
	return dialog(
		t('commentTitle'),
		[
			list.length ? h('ul.comments', {}, list) : h('p', {}, t('noComments')),
			field(t('commentText'), area),
		],
		{
			confirm: t('commentAdd'),
			first: area,
			check: () => (area.value.trim() ? '' : t('commentText')),
			answer: () => ({
				act: 'comment',
				...(mark ? {mark: mark.id} : {document: store.document}),
				text: area.value.trim(),
			}),
		}
	).done;
}
