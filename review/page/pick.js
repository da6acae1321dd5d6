// pick.js - choosing a place without or with a mouse: a stretch of text, or a rectangle. Offsets count code points.
import {points} from './dom.js';

/** Words of plain text with their offsets, as the layer of a page has them. */
export function wordsOf(text) {
	const words = [];
	let offset = 0,
		line = 0;
	for (const part of text.split(/(\s+)/)) {
		const length = points(part).length;
		if (part.trim()) words.push({offset, length, text: part, line});
		line += part.split('\n').length - 1;
		offset += length;
	}
	return words;
}

const middle = word => (word.y0 + word.y1) / 2;
const sameLine = (a, b) =>
	a.line !== undefined ? a.line === b.line : Math.abs(middle(a) - middle(b)) < (a.y1 - a.y0) / 2;

export class TextPick {
	/** keep: arrows change the end, as for the extent of a mark. */
	constructor(words, start, end, keep) {
		Object.assign(this, {words, start, end, keep});
	}

	static at(words, offset) {
		const word = words.find(other => other.offset + other.length > offset) || words.at(-1);
		return new TextPick(words, word.offset, word.offset + word.length, false);
	}

	get length() {
		return this.end - this.start;
	}

	index(offset) {
		const at = this.words.findIndex(word => word.offset + word.length > offset);
		return at < 0 ? this.words.length - 1 : at;
	}

	/** True when the key was for us. */
	key(event) {
		const by = {ArrowRight: 1, ArrowLeft: -1}[event.key],
			down = {ArrowDown: 1, ArrowUp: -1}[event.key];
		if (!by && !down) return false;
		if (down) this.vertical(down, event.shiftKey || this.keep);
		else if (event.ctrlKey) this.moveStart(by, event.altKey);
		else if (event.shiftKey || this.keep || event.altKey) this.moveEnd(by, event.altKey);
		else this.move(by);
		return true;
	}

	to(word) {
		this.start = word.offset;
		this.end = word.offset + word.length;
	}

	move(by) {
		const word = this.words[this.index(by > 0 ? this.end - 1 : this.start) + by];
		if (word) this.to(word);
	}

	moveEnd(by, letters) {
		const last = this.words.at(-1);
		if (letters) {
			this.end = Math.min(Math.max(this.start + 1, this.end + by), last.offset + last.length);
			return;
		}
		const word = this.words[this.index(this.end - 1) + by];
		if (word && word.offset + word.length > this.start) this.end = word.offset + word.length;
	}

	moveStart(by, letters) {
		if (letters) {
			this.start = Math.max(this.words[0].offset, Math.min(this.end - 1, this.start + by));
			return;
		}
		const word = this.words[this.index(this.start) + by];
		if (word && word.offset < this.end) this.start = word.offset;
	}

	vertical(by, extend) {
		const from = this.words[this.index(by > 0 ? this.end - 1 : this.start)];
		let found = null;
		for (let i = this.words.indexOf(from) + by; this.words[i]; i += by) {
			const word = this.words[i];
			if (sameLine(word, from) || (found && !sameLine(found, word)))
				if (found) break;
				else continue;
			if (
				!found ||
				Math.abs((word.x0 ?? 0) - (from.x0 ?? 0)) <
					Math.abs((found.x0 ?? 0) - (from.x0 ?? 0))
			)
				found = word;
		}
		if (found && extend && found.offset + found.length > this.start)
			this.end = found.offset + found.length;
		else if (found && !extend) this.to(found);
	}

	/** Parts of words that are chosen, as fractions of each word. */
	get parts() {
		return this.words
			.filter(word => word.offset < this.end && word.offset + word.length > this.start)
			.map(word => ({
				word,
				from: Math.max(0, this.start - word.offset) / word.length,
				to: Math.min(word.length, this.end - word.offset) / word.length,
			}));
	}

	get text() {
		return this.parts
			.map(({word}) => {
				const letters = points(word.text);
				return letters
					.slice(
						Math.max(0, this.start - word.offset),
						Math.max(0, this.end - word.offset)
					)
					.join('');
			})
			.join(' ');
	}

	/** From one place of a drag to another, in whole words unless by letters. */
	span(a, b, letters) {
		const [first, last] = a.offset <= b.offset ? [a, b] : [b, a];
		this.start = letters ? first.offset : first.word.offset;
		this.end = letters ? Math.max(last.offset, first.offset + 1) : last.word.offset + last.word.length;
	}
}

/** The word nearest to a point of a page, and the offset in it. */
export function nearest(words, x, y) {
	let best = null,
		distance = Infinity;
	for (const word of words) {
		const dx = Math.max(word.x0 - x, 0, x - word.x1),
			dy = Math.max(word.y0 - y, 0, y - word.y1);
		const far = dx + 3 * dy;
		if (far < distance) {
			best = word;
			distance = far;
		}
	}
	if (!best) return null;
	const share = {
		0: (x - best.x0) / (best.x1 - best.x0),
		180: (best.x1 - x) / (best.x1 - best.x0),
		90: (y - best.y0) / (best.y1 - best.y0),
		270: (best.y1 - y) / (best.y1 - best.y0),
	}[best.turn || 0];
	return {
		word: best,
		distance,
		offset: best.offset + Math.round(Math.min(Math.max(share, 0), 1) * best.length),
	};
}

/** The box of a part of a word that may be turned. */
export function partBox({word, from, to}) {
	const width = word.x1 - word.x0,
		height = word.y1 - word.y0;
	switch (word.turn || 0) {
		case 90:
			return {x0: word.x0, x1: word.x1, y0: word.y0 + from * height, y1: word.y0 + to * height};
		case 180:
			return {y0: word.y0, y1: word.y1, x0: word.x1 - to * width, x1: word.x1 - from * width};
		case 270:
			return {x0: word.x0, x1: word.x1, y0: word.y1 - to * height, y1: word.y1 - from * height};
		default:
			return {y0: word.y0, y1: word.y1, x0: word.x0 + from * width, x1: word.x0 + to * width};
	}
}

const STEP = 6,
	LEAST = 4;

export class BoxPick {
	constructor(page, size, box) {
		Object.assign(this, {page, size, box: {...box}});
	}

	static middle(page, size) {
		return new BoxPick(page, size, {
			x0: size.width * 0.3,
			y0: size.height * 0.45,
			x1: size.width * 0.7,
			y1: size.height * 0.5,
		});
	}

	static between(page, size, a, b) {
		return new BoxPick(page, size, {
			x0: Math.min(a.x, b.x),
			y0: Math.min(a.y, b.y),
			x1: Math.max(a.x, b.x),
			y1: Math.max(a.y, b.y),
		});
	}

	get isEmpty() {
		return this.box.x1 - this.box.x0 < LEAST || this.box.y1 - this.box.y0 < LEAST;
	}

	key(event) {
		const dx = {ArrowRight: STEP, ArrowLeft: -STEP}[event.key] || 0,
			dy = {ArrowDown: STEP, ArrowUp: -STEP}[event.key] || 0;
		if (!dx && !dy) return false;
		const {box} = this,
			fine = event.altKey ? 1 / STEP : 1;
		if (!event.shiftKey) {
			const x = Math.min(Math.max(dx * fine, -box.x0), this.size.width - box.x1),
				y = Math.min(Math.max(dy * fine, -box.y0), this.size.height - box.y1);
			this.box = {x0: box.x0 + x, x1: box.x1 + x, y0: box.y0 + y, y1: box.y1 + y};
			return true;
		}
		this.box = {
			...box,
			x1: Math.min(Math.max(box.x0 + LEAST, box.x1 + dx * fine), this.size.width),
			y1: Math.min(Math.max(box.y0 + LEAST, box.y1 + dy * fine), this.size.height),
		};
		return true;
	}

	/** As the dossier wants it. */
	get place() {
		const round = value => Math.round(value * 100) / 100;
		return {
			page: this.page,
			x0: round(this.box.x0),
			y0: round(this.box.y0),
			x1: round(this.box.x1),
			y1: round(this.box.y1),
		};
	}
}
