// worklist.js - <lw-worklist>: the marks of a document as a list that can be filtered; one stop for the Tab key.
import {h, fill, harmless, nothing} from './dom.js';
import {t} from './words.js';

export const STATE_SIGNS = {open: '◇', accepted: '■', rejected: '○'};

class Worklist extends HTMLElement {
	connect(store, run) {
		this.store = store;
		this.run = run;
		this.rows = new Map();
		this.count = h('span.shown', {'aria-live': 'off'});
		this.button = h(
			'button.quiet',
			{'aria-expanded': 'false', 'aria-controls': 'filters', onclick: () => this.toggle()},
			t('filter')
		);
		this.filters = h('div.filters', {
			id: 'filters',
			hidden: true,
			role: 'group',
			'aria-label': t('filters'),
		});
		this.list = h('ul', {
			role: 'listbox',
			id: 'worklist',
			tabIndex: 0,
			'aria-label': t('worklist'),
			onkeydown: event => this.key(event),
			onclick: event => this.choose(event.target.closest('[role=option]')),
		});
		fill(
			this,
			h('header', {}, h('h2', {}, t('worklist')), this.count, this.button),
			this.filters,
			this.list
		);
		store.on('document', () => this.drawFilters());
		store.on('marks', () => this.draw());
		store.on('filter', () => this.draw());
		store.on('mark', () => this.point());
	}

	toggle(open = this.filters.hidden) {
		this.filters.hidden = !open;
		this.button.setAttribute('aria-expanded', String(open));
		if (open) {
			this.drawFilters();
			this.filters.querySelector('select')?.focus();
		}
	}

	drawFilters() {
		const {store} = this,
			marks = store.here;
		const values = get => [
			...new Set(marks.flatMap(get).filter(value => value !== null && value !== undefined)),
		];
		const choices = {
			decision: ['open', 'accepted', 'rejected'].map(id => [id, t('states.' + id)]),
			kind: values(mark => mark.kind).map(id => [id, store.label('kinds', id)]),
			ground: values(mark => mark.grounds)
				.sort()
				.map(id => [id, id]),
			score: ['sure', 'likely', 'doubtful'].map(id => [id, t('score.' + id)]),
			card: values(mark => mark.card).map(id => [
				String(id),
				harmless(marks.find(mark => mark.card === id).text),
			]),
			by: values(mark => mark.by).map(id => [id, harmless(id)]),
			delta: [['yes', t('yes')]],
			warning: [['yes', t('yes')]],
		};
		fill(
			this.filters,
			Object.entries(choices).map(([name, list]) =>
				h(
					'label',
					{},
					h('span', {}, t('filter.' + name)),
					h(
						'select',
						{onchange: event => this.set(name, event.target.value)},
						h('option', {value: ''}, t('any')),
						list.map(([value, label]) =>
							h(
								'option',
								{value, selected: store.filter[name] === value},
								label
							)
						)
					)
				)
			),
			h(
				'button.quiet',
				{
					onclick: () => {
						store.filter = {};
						store.tell('filter');
						this.drawFilters();
					},
				},
				t('clear')
			)
		);
	}

	set(name, value) {
		this.store.filter = {...this.store.filter, [name]: value || undefined};
		this.store.tell('filter');
	}

	draw() {
		const {store} = this,
			listed = store.listed,
			all = store.here.length;
		let page = 0;
		const rows = new Map();
		const children = [];
		for (const mark of listed) {
			if (mark.page && mark.page !== page && store.detail?.pages > 1)
				children.push(h('li.folder', {role: 'presentation'}, t('page', {page: mark.page})));
			page = mark.page;
			const old = this.rows.get(mark.id);
			const key = [
				mark.decision,
				mark.event,
				mark.grounds,
				mark.warnings?.length,
				mark.delta,
				mark.comments,
			].join();
			const row = old?.dataset.key === key && old.mark === mark ? old : this.row(mark, key);
			rows.set(mark.id, row);
			children.push(row);
		}
		if (!listed.length) children.push(nothing(t(all ? 'nothingListed' : 'nothingHere')));
		this.rows = rows;
		fill(this.list, children);
		this.count.textContent =
			listed.length === all ? String(all) : t('shown', {n: listed.length, total: all});
		this.point();
	}

	row(mark, key) {
		const {store} = this;
		const text = mark.text ?? (mark.figure ? t('figure') : t('area'));
		const alarm = mark.warnings?.length
			? h(
					'span.alarm',
					{title: mark.warnings[0].message},
					'⚠',
					h(
						'span.unseen',
						{},
						t(mark.warnings.some(w => w.blocks) ? 'blocks' : 'warns')
					)
				)
			: null;
		const row = h(
			'li.mark',
			{role: 'option', id: `row-${mark.id}`, data: {mark: mark.id, key, decision: mark.decision}},
			h('span.sign', {'aria-hidden': 'true'}, STATE_SIGNS[mark.decision]),
			h(
				'span.words',
				{dir: 'auto'},
				h('span.near', {}, harmless((mark.before ?? '').slice(-12))),
				h('strong', {}, harmless(text)),
				h('span.near', {}, harmless((mark.after ?? '').slice(0, 40)))
			),
			h(
				'span.about',
				{},
				h('span.unseen', {}, t('state.' + mark.decision) + ', '),
				store.label('kinds', mark.kind),
				alarm,
				mark.delta && h('span.delta', {}, t('delta.' + mark.delta))
			),
			h('span.ground', {}, mark.grounds.join(' · ') || t('noGround'))
		);
		row.mark = mark;
		return row;
	}

	point() {
		const id = this.store.mark;
		this.list.querySelector('[aria-selected=true]')?.setAttribute('aria-selected', 'false');
		for (const row of this.list.querySelectorAll('[role=option]:not([aria-selected])'))
			row.setAttribute('aria-selected', 'false');
		const row = this.rows.get(id);
		if (!row) {
			this.list.removeAttribute('aria-activedescendant');
			return;
		}
		row.setAttribute('aria-selected', 'true');
		this.list.setAttribute('aria-activedescendant', row.id);
		row.scrollIntoView({block: 'nearest'});
	}

	choose(row) {
		if (row?.dataset.mark) this.store.select(row.dataset.mark);
	}

	key(event) {
		const by = {ArrowDown: 1, ArrowUp: -1}[event.key];
		if (by) {
			event.preventDefault();
			this.store.step(by);
		} else if (event.key === 'Enter') {
			event.preventDefault();
			this.run('ground');
		}
	}
}

customElements.define('lw-worklist', Worklist);
