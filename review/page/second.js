// second.js - <lw-second>: the second reader: what was revised, a sample of pages without marks, and the signature.
import {h, fill, foreign, harmless} from './dom.js';
import {t, number, percent, time} from './words.js';
import {dialog, field} from './dialog.js';

const MOST = 100;

class Second extends HTMLElement {
	connect(store, app) {
		Object.assign(this, {store, app, most: MOST});
		this.body = h('div.grid', {});
		fill(
			this,
			h('header', {}, h('h2', {tabIndex: -1}, t('secondTitle')), h('p', {}, t('secondIntro'))),
			this.body
		);
		store.on('dossier', () => this.hidden || this.show().catch(problem => store.fail(problem)));
	}

	async show() {
		const {api} = this.store;
		const [sample, obstacles, revised, decided] = await Promise.all([
			api.read('sample'),
			api.read('obstacles'),
			api.read('marks', {revised: true, limit: this.most}),
			api.read('marks', {decided: true, limit: this.most}),
		]);
		const focus = this.contains(document.activeElement) ? document.activeElement.dataset.key : null;
		fill(
			this.body,
			this.signature(obstacles),
			this.sample(sample),
			this.list(t('differences'), revised, t('differencesNone')),
			this.list(t('whatFirst'), decided, t('differencesNone'))
		);
		if (focus) this.querySelector(`[data-key="${CSS.escape(focus)}"]`)?.focus();
	}

	signature(obstacles) {
		const {signed, pages, policy} = this.store.dossier;
		const said = !signed
			? t('notSigned')
			: t(signed.valid === false ? 'signedStale' : 'signedBy', {
					by: harmless(signed.by),
					time: time(signed.time),
				});
		const rest = obstacles.obstacles.filter(each => each.code !== 'unsigned' && each.code !== 'sign');
		const unseen = pages.total - pages.seen;
		return h(
			'section.block',
			{},
			h('h3', {}, t('sign')),
			h('p', {}, said),
			unseen > 0 &&
				h(
					'p',
					{},
					t('unseen', {n: unseen}),
					' ',
					h(
						'button',
						{data: {key: 'unseen'}, onclick: () => this.goUnseen()},
						t('unseenGo')
					)
				),
			policy?.one_person && h('p', {}, t('onePerson')),
			rest.length
				? h(
						'ul.plain',
						{},
						rest.map(each =>
							h(
								'li',
								{},
								h('span', {'aria-hidden': 'true'}, '✕ '),
								each.message,
								each.count > 1 ? ` (${number(each.count)})` : ''
							)
						)
					)
				: null,
			this.cannot() && !(signed && signed.valid !== false)
				? h('p.fine', {}, this.cannot())
				: signed && signed.valid !== false
				? h(
						'button',
						{
							data: {key: 'unsign'},
							onclick: () => this.app.send({act: 'unsign'}),
						},
						t('unsign')
					)
				: h(
						'button.primary',
						{data: {key: 'sign'}, onclick: () => this.app.send({act: 'sign'})},
						t('sign')
					)
		);
	}

	/** The first page that nobody saw. */
	async goUnseen() {
		const {store, app} = this;
		const found = store.documents.find(
			each => each.state !== 'refused' && each.seen < Math.max(each.pages, 1)
		);
		if (!found) return;
		const {page} = await store.api.read(`documents/${found.document}`);
		await app.go(found.document, null, page.find(each => !each.seen.length)?.page);
	}

	/** Why the one who looks does not sign; undefined: they may. */
	cannot() {
		const {me, policy} = this.store.dossier;
		if (policy?.one_person) return undefined;
		if (me?.role !== 'approver') return t('signWho');
		return me.decisions ? t('signNotYou') : undefined;
	}

	sample(sample) {
		const counting = sample.pages.filter(each => each.counts);
		const draw = h('button', {data: {key: 'draw'}, onclick: () => this.draw()}, t('sampleDraw'));
		if (!sample.pages.length)
			return h(
				'section.block',
				{},
				h('h3', {}, t('sampleTitle')),
				h('p', {}, t('sampleNone')),
				draw
			);
		return h(
			'section.block',
			{},
			h('h3', {}, t('sampleTitle')),
			h(
				'p',
				{},
				t('sampleIntro', {
					checked: number(sample.checked),
					total: number(counting.length),
					missed: number(sample.missed),
					unmarked: number(sample.unmarked),
					bound: sample.bound === null ? '–' : percent(sample.bound),
				})
			),
			h(
				'ul.plain.roomy',
				{},
				sample.pages.map(each => this.row(each))
			),
			draw
		);
	}

	row(each) {
		const name = harmless(this.store.entry(each.document)?.name ?? each.document),
			key = `${each.document}-${each.page}`,
			label = `${name}, ${t('page', {page: each.page})}`;
		const result = missed =>
			this.app.send({act: 'result', document: each.document, page: each.page, missed});
		const said =
			each.result === null
				? t('toCheck')
				: each.result === 'clean'
					? `✓ ${t('clean')}`
					: `⚠ ${t('missed')}: ${each.missed}`;
		return h(
			'li.sample',
			{},
			h(
				'button.quiet',
				{onclick: () => this.app.go(each.document, null, each.page)},
				foreign(label)
			),
			h('span', {}, [said, each.counts ? '' : t('extra')].filter(Boolean).join(' · ')),
			h(
				'span.buttons',
				{},
				h(
					'button',
					{
						data: {key: `clean-${key}`},
						'aria-label': `${t('clean')}: ${label}`,
						onclick: () => result(0),
					},
					t('clean')
				),
				h(
					'button',
					{
						data: {key: `missed-${key}`},
						'aria-label': `${t('missed')}: ${label}`,
						onclick: () => this.missed(result),
					},
					t('missed') + '…'
				)
			)
		);
	}

	async missed(result) {
		const count = h('input', {type: 'number', min: 1, value: 1});
		const answer = await dialog(t('missed'), [field(t('missedCount'), count)], {
			confirm: t('save'),
			answer: () => Math.max(1, Math.floor(Number(count.value)) || 1),
		}).done;
		if (answer) await result(answer);
	}

	async draw() {
		const count = h('input', {type: 'number', min: 1, max: 10000, value: 60}),
			risky = h('input', {type: 'number', min: 0, max: 10000, value: 10});
		const whole = (input, least) => Math.max(least, Math.floor(Number(input.value)) || least);
		const answer = await dialog(
			t('sampleDraw'),
			[
				field(t('samplePages'), count, t('samplePagesNote')),
				field(t('sampleRisky'), risky, t('sampleRiskyNote')),
			],
			{
				confirm: t('sampleDraw'),
				answer: () => ({act: 'sample', pages: whole(count, 1), risky: whole(risky, 0)}),
			}
		).done;
		if (answer) await this.app.send(answer);
	}

	list(title, {marks, count}, none) {
		return h(
			'section.block.wide',
			{},
			h('h3', {}, `${title} (${number(count)})`),
			marks.length
				? h(
						'ul.plain.decided',
						{},
						marks.map(mark =>
							h(
								'li',
								{},
								h(
									'button.quiet',
									{
										onclick: () =>
											this.app.go(
												mark.document,
												mark.id
											),
									},
									foreign(mark.text ?? t('area'))
								),
								h('span', {}, this.store.label('kinds', mark.kind)),
								h(
									`span.state.${mark.decision}`,
									{},
									t('state.' + mark.decision)
								),
								h('span.ground', {}, mark.grounds.join(' · ')),
								h(
									'span',
									{},
									mark.first
										? `${t('firstWas', {by: harmless(mark.first.by), decision: t('state.' + mark.first.decision)})}; ${t('nowIs', {decision: t('state.' + mark.decision)})}`
										: foreign(mark.by ?? '')
								)
							)
						)
					)
				: h('p', {}, none),
			count > marks.length &&
				h(
					'button',
					{
						data: {key: 'more'},
						onclick: () => {
							this.most *= 5;
							this.show().catch(problem => this.store.fail(problem));
						},
					},
					t('more')
				)
		);
	}
}

customElements.define('lw-second', Second);
