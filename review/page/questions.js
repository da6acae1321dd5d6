// questions.js - questions about many marks, or new ones: all the same, search, add.
// Each shows what it would change.
import {h, fill, foreign, harmless, lead, tail} from './dom.js';
import {t} from './words.js';
import {dialog, field, choice, check, radios} from './dialog.js';
import {groundPicker, motivationField, scopesOf, selectorOf} from './grounds.js';

/** One decision for all that are the same, with what it would change. */
export async function askSame(store, mark) {
	const list = h('ul.hits', {tabIndex: 0, 'aria-label': t('worklist')}),
		count = h('p', {role: 'status'});
	const scopes = (await scopesOf(store, mark)).filter(([value]) => value !== 'this');
	if (!scopes.length) scopes.push(['dossier', t('scope.dossier', {n: 1})]);
	const never = mark.text && check(t('never')),
		over = check(t('overwrite'), {onchange: () => look()});
	const what = radios(
		'what',
		t('what'),
		[
			['accept', t('accept')],
			['reject', t('reject')],
		],
		mark.decision === 'rejected' ? 'reject' : 'accept',
		() => look()
	);
	const scope = radios(
		'scope',
		t('scope'),
		scopes,
		scopes.at(-1)[0] === 'card' ? (scopes.at(-2)?.[0] ?? 'card') : scopes.at(-1)[0],
		() => look()
	);
	let expect,
		turn = 0;
	const action = () => ({
		act: what.get(),
		marks: selectorOf(mark, scope.get()),
		...(over.input.checked ? {overwrite: true} : {}),
	});
	const look = async () => {
		const now = ++turn;
		const answer = await store
			.preview(action())
			.catch(problem => ((count.textContent = problem.message), null));
		if (!answer || now !== turn) return;
		expect = answer.count;
		count.textContent = changes(answer.count, answer.skipped);
		fill(
			list,
			answer.marks.map(other => hitRow(store, other))
		);
		if (never) never.hidden = what.get() !== 'reject';
	};
	const asked = dialog(
		t('sameTitle'),
		[
			h('p.about', {dir: 'auto'}, harmless(mark.text ?? t('area'))),
			h('div.row', {}, what, scope),
			never,
			over,
			count,
			list,
		],
		{
			confirm: t('confirm'),
			wide: true,
			first: what.querySelector('input:checked'),
			answer: () => ({
				...action(),
				expect,
				never: Boolean(never && !never.hidden && never.input.checked),
			}),
		}
	);
	asked.element.querySelector('[data-confirm]').focus();
	look();
	return asked.done;
}

/** One decision for a person, with every mention. */
export async function askCard(store, card, act) {
	const action = {act, marks: {card: card.card}};
	const {count, skipped, marks} = await store.preview(action);
	const asked = dialog(
		`${t(act === 'accept' ? 'acceptAll' : 'rejectAll')}: ${harmless(card.name)}`,
		[
			h('p', {}, changes(count, skipped)),
			h(
				'ul.hits',
				{tabIndex: 0, 'aria-label': t('worklist')},
				marks.map(mark => hitRow(store, mark))
			),
		],
		{confirm: t('confirm'), wide: true, answer: () => ({...action, expect: count})}
	);
	asked.element.querySelector('[data-confirm]').focus();
	return asked.done;
}

const changes = (count, skipped) =>
	[t('previewCount', {n: count}), skipped && t('skippedSaid', {n: skipped})].filter(Boolean).join('; ');

function hitRow(store, hit, box) {
	return h(
		'li',
		{},
		box,
		h(
			'span.where',
			{},
			foreign(store.entry(hit.document)?.name ?? hit.document),
			hit.page ? ` · ${hit.page}` : ''
		),
		h(
			'span.words',
			{dir: 'auto'},
			h('span.near', {}, lead(hit.before, 40)),
			h('strong', {}, harmless(hit.text ?? t('area'))),
			h('span.near', {}, tail(hit.after, 40))
		)
	);
}

function hitBox(store, hit) {
	const box = h('input', {
		type: 'checkbox',
		checked: !hit.mark,
		disabled: Boolean(hit.mark),
		'aria-label': harmless(`${hit.text}, ${store.entry(hit.document)?.name ?? ''}`),
		title: hit.mark ? t('hitMarked') : '',
	});
	return Object.assign(box, {hit});
}

/** Find, look at every hit, redact those that are meant. */
export async function askSearch(store, text) {
	const term = h('input', {
		type: 'text',
		role: 'searchbox',
		value: text || '',
		autocomplete: 'off',
		spellcheck: false,
	});
	const regex = check(t('asRegex')),
		here = check(t('inDocument'));
	const list = h('ul.hits', {tabIndex: 0, 'aria-label': t('worklist')}),
		count = h('p', {role: 'status'});
	const grounds = groundPicker(store, ['5.1.2.e']),
		motivation = await motivationField(store, '');
	let found = null;
	const question = () => ({
		[regex.input.checked ? 'regex' : 'term']: term.value,
		...(here.input.checked ? {document: store.document} : {}),
	});
	const chosen = () => [...list.querySelectorAll('input')].filter(input => input.checked).length;
	const button = () => asked.element.querySelector('[data-confirm]');
	const tell = () => {
		button().disabled = !chosen();
		button().textContent = t('addHits', {n: chosen()});
	};
	const look = async () => {
		found = null;
		if (!term.value.trim()) return;
		try {
			found = {...(await store.api.search({...question(), limit: 500})), question: question()};
		} catch (problem) {
			count.textContent = problem.message;
			fill(list);
			tell();
			return;
		}
		count.textContent = found.count
			? [
					t('hits', {n: found.count}),
					found.count > found.hits.length && t('hitsMore', {n: found.hits.length}),
				]
					.filter(Boolean)
					.join('. ')
			: t('nothingFound');
		fill(
			list,
			found.hits.map(hit => hitRow(store, hit, hitBox(store, hit)))
		);
		tell();
	};
	list.addEventListener('change', tell);
	const asked = dialog(
		t('searchTitle'),
		[
			h(
				'div.row',
				{},
				field(t('searchFor'), term),
				h('button', {type: 'button', onclick: look}, t('find'))
			),
			h('div.row', {}, regex, here),
			count,
			list,
			h('details', {}, h('summary', {}, t('pickGround')), grounds.parts, motivation.parts),
		],
		{
			confirm: t('addHits', {n: 0}),
			wide: true,
			first: term,
			check: () => (!found ? t('nothingFound') : grounds.get().length ? '' : t('groundNeeded')),
			answer: () => ({
				act: 'search',
				...found.question,
				grounds: grounds.get(),
				motivation: motivation.get() ?? undefined,
				except: [...list.querySelectorAll('input')]
					.filter(input => !input.checked && !input.disabled)
					.map(input => [input.hit.document, input.hit.offset]),
			}),
		}
	);
	button().disabled = true;
	term.addEventListener('keydown', event => {
		if (
			event.key !== 'Enter' ||
			(found && JSON.stringify(found.question) === JSON.stringify(question()))
		)
			return;
		event.preventDefault();
		look();
	});
	if (text) look();
	const answer = await asked.done;
	if (answer) motivation.save();
	return answer;
}

/** A place that was chosen becomes a mark. */
export async function askAdd(store, where) {
	const {place, text} = where,
		page = place.page ?? place.boxes?.[0].page;
	const about = text ? harmless(text) : place.boxes ? t('areaOn', {page}) : t('wholePage', {page});
	const grounds = groundPicker(store, ['5.1.2.e']),
		motivation = await motivationField(store, '');
	const kind = choice(
		store.words.kinds.map(each => [each.id, each.label]),
		text ? 'person' : 'passage'
	);
	const pages =
		place.boxes &&
		store.detail.pages > 1 &&
		radios(
			'pages',
			t('onPages'),
			[
				['this', t('thisPage')],
				['all', t('allPages')],
			],
			'this'
		);
	const asked = dialog(
		t('addTitle'),
		[
			h('p.about', {dir: 'auto'}, about),
			place.page && h('p.problem', {}, t('wholeWarning')),
			field(t('kind'), kind),
			pages,
			grounds.parts,
			motivation.parts,
		],
		{
			confirm: t('accept'),
			wide: true,
			check: () => (grounds.get().length ? '' : t('groundNeeded')),
			answer: () => ({
				act: 'add',
				document: where.document,
				...place,
				kind: kind.value,
				grounds: grounds.get(),
				motivation: motivation.get() ?? undefined,
				...(pages && pages.get() === 'all' ? {pages: 'all'} : {}),
			}),
		}
	);
	asked.element.querySelector('[data-confirm]').focus();
	const answer = await asked.done;
	if (answer) motivation.save();
	return answer;
}
