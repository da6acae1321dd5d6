// publish.js - <lw-publish>: what still stands in the way, each with the way to it; then the publication itself.
import {h, fill, foreign, harmless} from './dom.js';
import {t, number, time} from './words.js';
import {field, choice} from './dialog.js';

const LOOK_AGAIN = 700,
	MOST = 50,
	MAY = ['officer', 'approver'];

/** How far something is. */
export const measure = (label, {done, total}) =>
	h(
		'div.measure',
		{},
		h('span', {}, label),
		h('progress', {value: done, max: total || 1, 'aria-label': label}),
		h('span.number', {}, `${number(done)} / ${number(total)}`)
	);

class Publish extends HTMLElement {
	connect(store, app) {
		Object.assign(this, {store, app});
		this.className = 'block';
	}

	async show() {
		const {api} = this.store;
		const [obstacles, job, {publications}, {warnings}] = await Promise.all([
			api.read('obstacles'),
			api.job(),
			api.read('publications'),
			api.read('warnings', {marks: false}),
		]);
		const focus = this.contains(document.activeElement) ? document.activeElement.dataset.key : null;
		const typed = this.querySelector('input')?.value;
		fill(
			this,
			h('h3', {}, t('publish')),
			this.job(job),
			job.state !== 'running' &&
				(obstacles.ready
					? this.form(job, publications, typed)
					: this.obstacles(obstacles.obstacles)),
			this.mind(warnings.filter(each => !each.blocks)),
			publications.length > 0 && this.earlier(publications)
		);
		if (focus) this.querySelector(`[data-key="${CSS.escape(focus)}"]`)?.focus();
		clearTimeout(this.again);
		if (job.state === 'running') this.again = setTimeout(() => this.renew(), LOOK_AGAIN);
		else if (this.was === 'running' && job.job === 'publish') this.tell(job);
		this.was = job.state;
	}

	renew() {
		if (this.closest('[hidden]')) this.was = null;
		else this.show().catch(problem => this.store.fail(problem));
	}

	tell({state, answer}) {
		if (state === 'done') this.app.tell(t('publishedSaid', {n: answer.written}));
		else this.app.tell(this.failure(state, answer), true);
	}

	failure(state, answer) {
		return state === 'refused'
			? t('publishRefused')
			: t('failed', {message: harmless(answer?.message ?? '')});
	}

	// ---- what stands in the way ----

	obstacles(list) {
		return [
			h('p', {}, t('obstacles')),
			h(
				'ul.todo',
				{},
				list.map(each => h('li', {}, this.way(each)))
			),
		];
	}

	way(each) {
		const words = [
			h('span.sign', {'aria-hidden': 'true'}, '○'),
			h('span', {}, each.message),
			each.count > 1 && h('span.count', {}, number(each.count)),
		];
		const go = this.goTo(each);
		return go
			? h('button.quiet', {data: {key: `obstacle-${each.code}`}, onclick: go}, words)
			: h('span.row', {}, words);
	}

	goTo({code, documents, mark}) {
		const {app} = this;
		if (code === 'unsigned') return () => app.show('second');
		if (code === 'inconsistent')
			return () => {
				const heading = app.panels.overview.querySelector('#consistency');
				heading?.scrollIntoView();
				heading?.focus();
			};
		return documents.length ? () => app.go(documents[0], mark) : null;
	}

	/** What does not stop it, and should be looked at. */
	mind(warnings) {
		const row = each =>
			h(
				'li',
				{},
				each.document
					? h(
							'button.quiet',
							{
								data: {key: `mind-${each.code}-${each.document}`},
								onclick: () => this.app.go(each.document),
							},
							h('span.sign', {'aria-hidden': 'true'}, '⚠'),
							h(
								'span',
								{},
								foreign(this.store.entry(each.document)?.name ?? ''),
								': ',
								each.message
							)
						)
					: h(
							'span.row',
							{},
							h('span.sign', {'aria-hidden': 'true'}, '⚠'),
							h('span', {}, each.message)
						)
			);
		return warnings.length > 0 && [h('p', {}, t('mind')), h('ul.todo', {}, warnings.slice(0, MOST).map(row))];
	}

	// ---- the publication ----

	form(job, publications, typed) {
		const role = this.store.dossier.me?.role;
		if (role && !MAY.includes(role)) return [h('p.good', {}, t('ready')), h('p', {}, t('publishWho'))];
		const name = h('input', {
			value: typed || this.freeName(publications),
			maxLength: 100,
			autocomplete: 'off',
			spellcheck: false,
			required: true,
		});
		const since =
			publications.length > 0 &&
			choice(
				[
					['', t('publishAll')],
					...publications
						.map(each => each.folder)
						.reverse()
						.map(folder => [
							folder,
							t('publishSinceOne', {folder: harmless(folder)}),
						]),
				],
				''
			);
		const begin = event => {
			event.preventDefault();
			this.store.api
				.publish(name.value.trim(), since ? since.value : '')
				.then(() => this.show())
				.catch(problem => this.store.fail(problem));
		};
		return h(
			'form.publish',
			{onsubmit: begin},
			h('p.good', {}, `✓ ${t('ready')}`),
			field(t('publishFolder'), name, t('publishRoot', {root: harmless(job.root)})),
			since && field(t('publishSince'), since),
			h('button.primary', {data: {key: 'publish'}}, t('publish'))
		);
	}

	freeName(publications) {
		const taken = new Set(publications.map(each => each.folder));
		const plain = `${this.app.shelf.name}-openbaar`
			.replace(/[^\p{L}\p{N} ._()+-]/gu, '-')
			.replace(/^[-. ]+/, '')
			.slice(0, 80);
		for (let n = 1; ; n++) {
			const name = n > 1 ? `${plain}-${n}` : plain;
			if (!taken.has(name)) return name;
		}
	}

	job(job) {
		if (job.job === 'scan') return job.state === 'running' ? measure(t('scanning'), job) : null;
		switch (job.state) {
			case 'running':
				return measure(t('publishing'), job);
			case 'done':
				return this.result(job);
			case 'refused':
			case 'failed':
				return h(
					'p.problem',
					{},
					`✕ ${harmless(job.folder)}: ${this.failure(job.state, job.answer)}`
				);
			default:
				return null;
		}
	}

	result({root, folder, answer}) {
		const notices = answer.notices || [];
		return h(
			'div.result',
			{},
			h('p.good', {}, `✓ ${t('publishedSaid', {n: answer.written})}`),
			h(
				'p',
				{},
				[
					t('publishedPages', {n: number(answer.pages)}),
					t('publishedMarks', {n: number(answer.marks)}),
					answer.unchanged > 0 && t('publishedSame', {n: number(answer.unchanged)}),
					answer.disclosed > 0 && t('publishedNew', {n: number(answer.disclosed)}),
				]
					.filter(Boolean)
					.join(' · ')
			),
			h('code.command', {}, harmless(`${root}/${folder}`)),
			notices.length > 0 &&
				h(
					'ul.plain',
					{},
					notices.map(each => h('li', {}, '⚠ ', foreign(each.message ?? each)))
				)
		);
	}

	earlier(publications) {
		return h(
			'details',
			{},
			h('summary', {}, t('publications', {n: publications.length})),
			h(
				'ul.plain',
				{},
				[...publications]
					.reverse()
					.map(each =>
						h(
							'li',
							{},
							foreign(each.folder),
							' · ',
							h('time', {dateTime: each.time}, time(each.time)),
							' · ',
							foreign(each.by)
						)
					)
			)
		);
	}
}

customElements.define('lw-publish', Publish);
