// persons.js - <lw-persons>: one person, one card, one decision for all mentions.
import {h, fill, foreign, harmless} from './dom.js';
import {t} from './words.js';
import {askCard} from './questions.js';

class Persons extends HTMLElement {
	connect(store, app) {
		Object.assign(this, {store, app});
		this.find = h('input', {
			type: 'text',
			role: 'searchbox',
			'aria-label': t('personsFind'),
			placeholder: t('personsFind'),
			oninput: () => this.sift(),
		});
		this.list = h('ul.cards', {});
		fill(this, h('header', {}, h('h2', {tabIndex: -1}, t('personsTitle')), this.find), this.list);
		store.on('documents', () => this.hidden || this.show());
	}

	async show() {
		const {cards} = await this.store.api.read('cards');
		cards.sort(
			(a, b) =>
				Number(b.open > 0) - Number(a.open > 0) ||
				b.open - a.open ||
				a.name.localeCompare(b.name)
		);
		const focus = this.contains(document.activeElement) ? document.activeElement.dataset.key : null;
		fill(
			this.list,
			cards.length ? cards.map(card => this.card(card)) : h('li.empty', {}, t('noPersons'))
		);
		this.sift();
		if (focus) this.querySelector(`[data-key="${CSS.escape(focus)}"]`)?.focus();
	}

	sift() {
		const words = this.find.value.toLowerCase();
		for (const row of this.list.children)
			row.hidden = Boolean(words) && !row.textContent.toLowerCase().includes(words);
	}

	card(card) {
		const button = (name, label) =>
			h(
				'button',
				{
					data: {key: `${name}-${card.card}`},
					'aria-label': `${label}: ${harmless(card.name)}`,
					onclick: () => this.decide(card, name),
				},
				label
			);
		const states = ['open', 'accepted', 'rejected']
			.filter(name => card[name])
			.map(name => h(`span.state.${name}`, {}, `${card[name]} ${t('state.' + name)}`));
		return h(
			'li.card',
			{},
			h(
				'div.who',
				{},
				h('h3', {}, foreign(card.name)),
				h(
					'p',
					{},
					card.spellings.map((each, i) => [
						i ? ' · ' : '',
						foreign(each.text),
						h('span.times', {}, ` ${each.count}×`),
					])
				)
			),
			h('p.states', {}, states, h('span', {}, t('inDocuments', {n: card.documents}))),
			h(
				'div.buttons',
				{},
				button('accept', t('acceptAll')),
				button('reject', t('rejectAll')),
				h(
					'button',
					{
						data: {key: `show-${card.card}`},
						'aria-label': `${t('showMarks')}: ${harmless(card.name)}`,
						onclick: () => this.look(card),
					},
					t('showMarks')
				)
			)
		);
	}

	async decide(card, act) {
		try {
			const action = await askCard(this.store, card, act);
			if (action) this.app.tellCount(await this.store.act(action));
			await this.show();
		} catch (problem) {
			this.store.fail(problem);
		}
	}

	async look(card) {
		const {marks} = await this.store.api.read('marks', {card: card.card, limit: 1});
		if (!marks.length) return;
		await this.app.go(marks[0].document, marks[0].id);
		this.store.filter = {card: String(card.card)};
		this.store.tell('filter');
		this.app.worklist.toggle(true);
		this.app.worklist.list.focus();
	}
}

customElements.define('lw-persons', Persons);
