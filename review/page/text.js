// text.js - a document that has no pages, as text with its marks.
// Offsets count code points, the browser counts its own way.
import {h, fill, harmless, points, announce} from './dom.js';
import {t} from './words.js';
import {settings} from './settings.js';
import {TextPick, wordsOf} from './pick.js';

export class TextView {
	constructor(sheet, detail) {
		Object.assign(this, {sheet, store: sheet.store, document: detail.document});
		this.original = h('div.paper.original', {
			onclick: event => this.choose(event),
			onpointerup: () => this.release(),
		});
		this.published = h('div.paper.published', {});
		this.element = h(
			'section.text',
			{'aria-label': t('original'), data: {page: 1}},
			this.original,
			this.published
		);
		this.load().catch(problem => this.store.fail(problem));
	}

	async load() {
		const answer = await this.store.api.read(`documents/${this.document}/text`);
		this.start = answer.offset || 0;
		this.letters = points(answer.text);
		this.words = wordsOf(answer.text).map(word => ({...word, offset: word.offset + this.start}));
		this.drawMarks();
		this.renew();
		this.sheet.point();
	}

	near() {}

	async renew() {
		if (settings.look === 'marks' || !this.letters) return;
		const answer = await this.store.api
			.read(`documents/${this.document}/preview`)
			.catch(problem => this.store.fail(problem));
		if (answer) fill(this.published, harmless(answer.text));
	}

	/** Where text changes from one set of marks to another. */
	drawMarks() {
		if (!this.letters) return;
		const end = this.start + this.letters.length;
		const marks = this.store.here.filter(
			mark =>
				mark.offset !== null &&
				mark.offset >= this.start &&
				mark.offset < end &&
				mark.delta !== 'gone'
		);
		const key = marks
			.map(mark =>
				[mark.id, mark.decision, mark.offset, mark.length, this.store.passes(mark)].join()
			)
			.join(';');
		if (this.key === key) return;
		this.key = key;
		const edges = [
			...new Set([
				this.start,
				end,
				...marks.flatMap(mark => [mark.offset, Math.min(end, mark.offset + mark.length)]),
			]),
		].sort((a, b) => a - b);
		fill(
			this.original,
			edges.slice(0, -1).map((from, i) => this.piece(from, edges[i + 1], marks))
		);
		this.point(this.store.mark);
	}

	piece(from, to, marks) {
		const text = harmless(this.letters.slice(from - this.start, to - this.start).join(''));
		const over = marks.filter(mark => mark.offset <= from && mark.offset + mark.length >= to);
		if (!over.length) return h('span', {data: {offset: from}}, text);
		const mark = over.find(each => each.decision === 'accepted') || over.at(-1);
		return h(
			`mark.${mark.decision}`,
			{data: {offset: from, mark: mark.id, dim: !this.store.passes(mark) || undefined}},
			text,
			h('span.unseen', {}, ` (${t('state.' + mark.decision)}) `)
		);
	}

	has(mark) {
		return Boolean(mark) && mark.document === this.document;
	}

	point(id) {
		this.original.querySelectorAll('.chosen').forEach(piece => piece.classList.remove('chosen'));
		const mark = this.store.find(id);
		for (const piece of mark ? this.original.querySelectorAll('mark') : [])
			if (
				Number(piece.dataset.offset) >= mark.offset &&
				Number(piece.dataset.offset) < mark.offset + mark.length
			)
				piece.classList.add('chosen');
	}

	placeOf() {
		const chosen = this.original.querySelector('.chosen')?.getBoundingClientRect();
		return (
			chosen && {
				left: chosen.left,
				top: chosen.top,
				width: Math.min(chosen.width, 40),
				height: chosen.height,
			}
		);
	}

	choose(event) {
		const piece = event.target.closest('mark');
		if (piece && getSelection().isCollapsed) this.store.select(piece.dataset.mark);
	}

	// ---- choosing a place: the browser's own selection ----

	/** The offset that a place of the browser's selection stands for; the state that is said after a mark has none. */
	offsetAt(node, place) {
		const piece = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest(
			'[data-offset]'
		);
		if (!piece || !this.original.contains(piece)) return null;
		const text =
			node.nodeType === Node.TEXT_NODE && node.parentElement === piece
				? node.data.slice(0, place)
				: place
					? piece.firstChild.data
					: '';
		return Number(piece.dataset.offset) + points(text).length;
	}

	nodeAt(offset) {
		const pieces = [...this.original.querySelectorAll('[data-offset]')];
		const piece = pieces.findLast(each => Number(each.dataset.offset) <= offset);
		const text = points(piece.firstChild.data)
			.slice(0, offset - Number(piece.dataset.offset))
			.join('');
		return [piece.firstChild, text.length];
	}

	release() {
		const selection = getSelection();
		if (selection.isCollapsed) return;
		const range = selection.getRangeAt(0);
		const start = this.offsetAt(range.startContainer, range.startOffset),
			end = this.offsetAt(range.endContainer, range.endOffset);
		if (start === null || end === null || end <= start) return;
		this.pick = new TextPick(this.words, start, end);
		this.sheet.picked(this, 'text');
	}

	async startPicking(kind, mark) {
		if (kind === 'box' || !this.words?.length || (kind === 'extent' && mark.offset === null))
			return false;
		this.pick =
			kind === 'extent'
				? new TextPick(this.words, mark.offset, mark.offset + mark.length, true)
				: TextPick.at(this.words, mark?.offset ?? this.words[0].offset);
		this.drawPick();
		return true;
	}

	stopPicking() {
		this.pick = null;
		getSelection().removeAllRanges();
	}

	pickKey(event) {
		if (!this.pick.key(event)) return false;
		this.drawPick();
		announce(t('selectedText', {text: this.pick.text}));
		return true;
	}

	drawPick() {
		getSelection().setBaseAndExtent(...this.nodeAt(this.pick.start), ...this.nodeAt(this.pick.end));
		getSelection().focusNode?.parentElement?.scrollIntoView({block: 'nearest'});
	}

	get place() {
		return this.pick && {offset: this.pick.start, length: this.pick.length};
	}
}
