// inspector.js - <lw-inspector>: the mark that is chosen: why it is there, what was decided, what can be done.
// It stays where it is.
import {h, fill, foreign, harmless, lead, tail} from './dom.js';
import {t, time, percent} from './words.js';
import {keyOf} from './keys.js';
import {settings} from './settings.js';
import {STATE_SIGNS} from './worklist.js';

/** What the law says, as a line of a list. */
export const warning = ({blocks, message}) =>
	h(
		`li.${blocks ? 'stops' : 'warns'}`,
		{},
		h('span', {'aria-hidden': 'true'}, blocks ? '✕ ' : '⚠ '),
		h('strong', {}, t(blocks ? 'blocks' : 'warns') + ': '),
		message
	);

class Inspector extends HTMLElement {
	connect(store, run) {
		this.store = store;
		this.run = run;
		this.setAttribute('role', 'region');
		this.setAttribute('aria-label', t('why'));
		store.on('mark', () => this.draw());
		store.on('marks', () => this.draw());
	}

	draw() {
		const mark = this.store.selected;
		if (!mark) {
			fill(
				this,
				h(
					'p.empty',
					{},
					this.store.dossier && !this.store.dossier.marks.open
						? t('allDecided')
						: t('nothingHere')
				)
			);
			this.shown = null;
			return;
		}
		const focus = this.contains(document.activeElement) ? document.activeElement.dataset.command : null;
		fill(
			this,
			this.head(mark),
			this.why(mark),
			this.about(mark),
			this.warnings(mark),
			this.buttons(mark),
			this.history(mark)
		);
		if (focus) this.querySelector(`[data-command=${focus}]`)?.focus();
	}

	head(mark) {
		return h(
			'div.head',
			{},
			h(
				`span.state.${mark.decision}`,
				{},
				h('span', {'aria-hidden': 'true'}, STATE_SIGNS[mark.decision] + ' '),
				t('state.' + mark.decision)
			),
			h('span.kind', {}, this.store.label('kinds', mark.kind)),
			mark.score !== null && mark.origin === 'found'
				? h('span.score', {}, t('scoreOf', {score: percent(mark.score)}))
				: h('span.score', {}, t('added'))
		);
	}

	why(mark) {
		const text = mark.text ?? (mark.figure ? t('figure') : t('area'));
		return h(
			'div.why',
			{},
			h(
				'blockquote',
				{dir: 'auto'},
				h('span.near', {}, lead(mark.before)),
				h('strong', {}, harmless(text)),
				h('span.near', {}, tail(mark.after))
			),
			mark.why && h('p', {}, mark.why + '.', ' ', h('span.rule', {}, mark.rule))
		);
	}

	about(mark) {
		const lines = [];
		const grounds = mark.grounds.map(ground =>
			h('li', {}, h('span.ground', {}, ground), ' ', this.store.label('grounds', ground))
		);
		lines.push(h('ul.grounds', {}, grounds.length ? grounds : h('li.missing', {}, t('noGround'))));
		if (mark.motivation) lines.push(h('p.motivation', {}, foreign(mark.motivation)));
		if (mark.first)
			lines.push(
				h(
					'p',
					{},
					t('firstDecided', {
						by: harmless(mark.first.by),
						decision: t('state.' + mark.first.decision),
					})
				)
			);
		if (mark.by) lines.push(h('p.by', {}, t('byLine', {by: harmless(mark.by), time: time(mark.time)})));
		if (mark.inherited) lines.push(h('p', {}, t('inherited')));
		if (mark.copies) lines.push(h('p', {}, t('copies', {n: mark.copies})));
		if (mark.delta)
			lines.push(
				h(
					'p.delta',
					{},
					t('delta.' + mark.delta),
					' ',
					h(
						'button.quiet',
						{
							onclick: () =>
								this.store.act({
									act: 'acknowledge',
									marks: {ids: [mark.id]},
								}),
						},
						t('acknowledge')
					)
				)
			);
		return h('div.facts', {}, lines);
	}

	warnings(mark) {
		return mark.warnings?.length
			? h(
					'ul.warnings',
					{},
					mark.warnings.map(warning)
				)
			: null;
	}

	button(name, label, kind = '', more = {}) {
		return h(
			'button' + kind,
			{
				data: {command: name},
				'aria-keyshortcuts': settings.letters ? keyOf(name) : undefined,
				onclick: () => this.run(name),
				...more,
			},
			label,
			settings.letters && h('kbd', {'aria-hidden': 'true'}, keyOf(name))
		);
	}

	buttons(mark) {
		const same = mark.same && mark.same.dossier > 1 ? t('sameCount', mark.same) : '';
		return h(
			'div.buttons',
			{role: 'group', 'aria-label': t('what')},
			this.button('accept', t('accept'), '.primary', {
				'aria-pressed': String(mark.decision === 'accepted'),
			}),
			this.button('reject', t('reject'), '', {
				'aria-pressed': String(mark.decision === 'rejected'),
			}),
			this.button('ground', t('ground')),
			this.button('same', t('same')),
			mark.decision !== 'open' && this.button('reopen', t('reopen'), '.quiet'),
			this.button('extent', t('do.extent'), '.quiet'),
			this.button('comment', t('comment'), '.quiet'),
			mark.origin === 'added' &&
				h(
					'button.quiet',
					{onclick: () => this.store.act({act: 'withdraw', marks: {ids: [mark.id]}})},
					t('withdraw')
				),
			same && h('p.same', {}, same)
		);
	}

	history(mark) {
		const list = h('ol', {});
		const details = h(
			'details',
			{
				ontoggle: async event => {
					if (!event.target.open || this.shown === mark.id) return;
					this.shown = mark.id;
					const full = await this.store.api
						.read(`marks/${encodeURIComponent(mark.id)}`)
						.catch(problem => this.store.fail(problem));
					fill(
						list,
						(full?.history || []).map(entry =>
							h(
								'li',
								{},
								time(entry.time),
								' · ',
								entry.by ? foreign(entry.by) : t('system'),
								' · ',
								t('act.' + entry.act),
								entry.note && [' · ', foreign(entry.note)],
								entry.undone && ` · ${t('undoneBy')}`
							)
						)
					);
				},
			},
			h('summary', {}, t('history')),
			list
		);
		return details;
	}
}

customElements.define('lw-inspector', Inspector);
