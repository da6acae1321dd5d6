// documents.js - <lw-documents>: every document with its judgement, progress and open marks; one stop for the
// Tab key.
import {h, fill, foreign, nothing} from './dom.js';
import {t} from './words.js';

class Documents extends HTMLElement {
	connect(store) {
		this.store = store;
		this.list = h('ul', {
			role: 'listbox',
			tabIndex: 0,
			'aria-label': t('documents'),
			onkeydown: event => this.key(event),
			onclick: event => this.choose(event.target.closest('[role=option]')),
		});
		fill(this, h('h2', {}, t('documents')), this.list);
		this.rows = new Map();
		store.on('documents', () => this.draw());
		store.on('document', () => this.point());
	}

	draw() {
		const documents = this.store.documents;
		let folder = '';
		this.rows.clear();
		fill(
			this.list,
			documents.map(document => {
				const parts = document.name.split('/');
				const above = parts.slice(0, -1).join('/');
				const head =
					above !== folder &&
					h('li.folder', {role: 'presentation'}, above && foreign(above));
				folder = above;
				return [head, this.row(document, parts.at(-1))];
			})
		);
		if (!documents.length) this.list.append(nothing(t('noDocuments')));
		this.point();
	}

	row(document, base) {
		const total = document.open + document.accepted + document.rejected;
		const done = total - document.open;
		const row = h(
			'li.document',
			{role: 'option', id: `document-${document.document}`, data: {document: document.document}},
			h('span.name', {title: document.name}, foreign(base)),
			h(
				'span.count',
				{},
				document.state === 'refused' ? '!' : document.open || (total ? '✓' : '–')
			),
			h('span.about', {}, this.about(document, total)),
			h(
				'span.bar',
				{'aria-hidden': 'true'},
				h('span', {style: {'inline-size': total ? `${(100 * done) / total}%` : '0'}})
			)
		);
		row.classList.toggle('unread', document.open > 0);
		row.classList.toggle('refused', document.state === 'refused');
		this.rows.set(document.document, row);
		return row;
	}

	about(document, total) {
		if (document.state === 'refused') return t('refused');
		const parts = [
			document.judgement,
			document.open ? t('openMarks', {n: document.open}) : total ? t('allDone') : t('noMarks'),
		];
		if (document.delta) parts.push(t('deltaMarks', {n: document.delta}));
		if (document.suspended) parts.push(t('suspended'));
		if (document.comments) parts.push(t('commentsCount', {n: document.comments}));
		return parts.filter(Boolean).join(' · ');
	}

	point() {
		const number = this.store.document;
		for (const [other, row] of this.rows) {
			row.setAttribute('aria-selected', String(other === number));
			if (other === number) {
				this.list.setAttribute('aria-activedescendant', row.id);
				row.scrollIntoView({block: 'nearest'});
			}
		}
	}

	choose(row) {
		if (row) this.store.open(Number(row.dataset.document)).catch(problem => this.store.fail(problem));
	}

	key(event) {
		const by = {ArrowDown: 1, ArrowUp: -1}[event.key];
		const all = [...this.rows.values()];
		const at = all.findIndex(row => row.getAttribute('aria-selected') === 'true');
		const to = event.key === 'Home' ? 0 : event.key === 'End' ? all.length - 1 : by ? at + by : -1;
		if (!all[to] || (!by && !['Home', 'End'].includes(event.key))) return;
		event.preventDefault();
		this.choose(all[to]);
	}
}

customElements.define('lw-documents', Documents);
