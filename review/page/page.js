// page.js - one page: picture, text layer, marks in place.
// Invariant: all places are shares of the page, so they stay right at any size.
import {h, fill, harmless, announce} from './dom.js';
import {t} from './words.js';
import {settings} from './settings.js';
import {TextPick, BoxPick, nearest, partBox} from './pick.js';

const RESOLUTIONS = [96, 120, 150, 200, 300],
	DRAG_LEAST = 3,
	FAR = 40;

const share = (value, of) => `${((100 * value) / of).toFixed(3)}%`;

const layers = new WeakMap(); // per store: document/page → words

export class PageView {
	constructor(sheet, page, widest) {
		Object.assign(this, {sheet, store: sheet.store, document: sheet.store.document, page, widest});
		this.boxes = new Map();
		this.img = this.image(t('pictureOf', {page: page.page}));
		this.published = this.image(t('publishedOf', {page: page.page}));
		this.layer = h('div.layer', {});
		this.marks = h('div.marks', {'aria-hidden': 'true', onclick: event => this.choose(event)});
		this.picked = h('div.picks', {'aria-hidden': 'true'});
		const size = {
			style: {'aspect-ratio': `${page.width} / ${page.height}`, '--share': page.width / widest},
		};
		this.side = h(
			'div.side.original',
			{...size, onpointerdown: event => this.press(event)},
			this.img,
			this.layer,
			this.marks,
			this.picked
		);
		this.other = h('div.side.published', size, this.published);
		this.element = h(
			'section.page',
			{'aria-label': t('page', {page: page.page}), data: {page: page.page}},
			page.unread && h('p.blind', {}, t('unread')),
			h('div.sides', {}, this.side, this.other)
		);
		this.drawMarks();
	}

	image(alt) {
		return h('img', {alt, draggable: false});
	}

	static resolutionFor(sheet, page, widest) {
		const sides = settings.look === 'both' ? 2 : 1;
		const wide =
			(((sheet.pages.clientWidth / sides) * settings.zoom * page.width) / widest) *
			devicePixelRatio;
		const wanted = (72 * wide) / page.width;
		return RESOLUTIONS.find(resolution => resolution >= wanted * 1.05) || RESOLUTIONS.at(-1);
	}

	static layer(store, document, page) {
		const kept = layers.get(store) || layers.set(store, new Map()).get(store),
			key = `${document}/${page}`;
		if (!kept.has(key)) {
			const loading = store.api.read(`documents/${document}/pages/${page}/layer`);
			loading.catch(() => kept.delete(key));
			kept.set(key, loading);
			if (kept.size > 200) kept.delete(kept.keys().next().value);
		}
		return kept.get(key);
	}

	/** Comes near the screen, or goes. */
	near(comes) {
		this.isNear = comes;
		if (comes) this.renew();
	}

	renew() {
		if (!this.isNear) return;
		this.resolution = PageView.resolutionFor(this.sheet, this.page, this.widest);
		if (settings.look !== 'published') this.show(this.img, 'original');
		if (settings.look !== 'marks') this.show(this.published, 'published');
		this.drawLayer();
	}

	async show(image, look) {
		const turn = look === 'published' ? this.store.event : 0,
			wanted = `${this.resolution}/${turn}`;
		if (image.dataset.wanted === wanted) return;
		image.dataset.wanted = wanted;
		try {
			const address = await this.store.api.picture(
				this.document,
				this.page.page,
				this.resolution,
				look,
				turn
			);
			if (image.dataset.wanted === wanted) image.src = address;
			image.parentElement.classList.remove('failed');
		} catch (problem) {
			delete image.dataset.wanted;
			image.parentElement.classList.add('failed');
			image.alt = t('notShown', {message: problem.message});
		}
	}

	async drawLayer() {
		if (this.words) return;
		const layer = await PageView.layer(this.store, this.document, this.page.page).catch(() => null);
		if (!layer || this.words) return;
		this.words = layer.words;
		const {width, height} = this.page;
		fill(
			this.layer,
			layer.words.flatMap(word => [
				h(
					`span.turn${word.turn || 0}`,
					{
						style: {
							left: share(word.x0, width),
							top: share(word.y0, height),
							width: share(word.x1 - word.x0, width),
							height: share(word.y1 - word.y0, height),
						},
					},
					harmless(word.text)
				),
				' ',
			])
		);
	}

	// ---- marks ----

	has(mark) {
		return Boolean(mark?.boxes?.some(box => box.page === this.page.page));
	}

	drawMarks() {
		const {width, height, page} = this.page,
			now = new Map();
		for (const mark of this.store.here) {
			const boxes = (mark.boxes || []).filter(box => box.page === page);
			if (!boxes.length || mark.delta === 'gone') continue;
			const dim = !this.store.passes(mark);
			const key = [mark.decision, mark.grounds, JSON.stringify(boxes), dim].join();
			const old = this.boxes.get(mark.id);
			now.set(
				mark.id,
				old?.key === key
					? old
					: {
							key,
							elements: boxes.map(box =>
								h(`div.box.${mark.decision}`, {
									data: {
										mark: mark.id,
										dim: dim || undefined,
										ground: mark.grounds.join(' · '),
									},
									style: {
										left: share(box.x0, width),
										top: share(box.y0, height),
										width: share(
											box.x1 - box.x0,
											width
										),
										height: share(
											box.y1 - box.y0,
											height
										),
									},
								})
							),
						}
			);
		}
		const changed =
			now.size !== this.boxes.size ||
			[...now].some(([id, entry]) => this.boxes.get(id) !== entry);
		this.boxes = now;
		if (changed) {
			fill(
				this.marks,
				[...now.values()].map(entry => entry.elements)
			);
			this.point(this.store.mark);
		}
	}

	point(id) {
		this.marks.querySelectorAll('.chosen').forEach(box => box.classList.remove('chosen'));
		this.boxes.get(id)?.elements.forEach(box => box.classList.add('chosen'));
	}

	/** On the screen. */
	placeOf(mark) {
		const box = mark.boxes.find(each => each.page === this.page.page);
		const side = (settings.look === 'published' ? this.other : this.side).getBoundingClientRect();
		const {width, height} = this.page;
		return {
			left: side.left + (box.x0 / width) * side.width,
			top: side.top + (box.y0 / height) * side.height,
			width: ((box.x1 - box.x0) / width) * side.width,
			height: ((box.y1 - box.y0) / height) * side.height,
		};
	}

	choose(event) {
		const box = event.target.closest('.box');
		if (box) this.store.select(box.dataset.mark);
	}

	// ---- choosing a place ----

	at(event) {
		const side = this.side.getBoundingClientRect();
		return {
			x: ((event.clientX - side.left) / side.width) * this.page.width,
			y: ((event.clientY - side.top) / side.height) * this.page.height,
		};
	}

	press(event) {
		if (event.button || !event.isPrimary) return;
		const start = this.at(event),
			box =
				this.sheet.dataset.picking === 'box' ||
				(this.sheet.dataset.picking === 'extent' && this.pick?.box);
		const from = !box && this.words && nearest(this.words, start.x, start.y);
		if (!box && (!from || from.distance > FAR)) return;
		let moved = false;
		const move = moving => {
			const now = this.at(moving);
			if (!moved && Math.hypot(now.x - start.x, now.y - start.y) < DRAG_LEAST) return;
			moved = true;
			if (box) {
				this.pick = BoxPick.between(this.page.page, this.page, start, now);
			} else {
				this.pick ||= new TextPick(this.words, 0, 0);
				this.pick.span(from, nearest(this.words, now.x, now.y), moving.altKey);
			}
			this.drawPick();
		};
		const up = () => {
			this.side.removeEventListener('pointermove', move);
			if (moved && !(this.pick?.box && this.pick.isEmpty))
				this.sheet.picked(this, box ? 'box' : 'text');
		};
		event.preventDefault();
		this.side.setPointerCapture(event.pointerId);
		this.side.addEventListener('pointermove', move);
		this.side.addEventListener('lostpointercapture', up, {once: true});
		const mark = event.target.closest('.box');
		if (mark && !box) this.store.select(mark.dataset.mark);
	}

	async startPicking(kind, mark) {
		const here = this.has(mark) ? mark : null;
		if (kind === 'box' || (kind === 'extent' && mark.offset === null)) {
			const box = kind === 'extent' && here?.boxes.find(each => each.page === this.page.page);
			this.pick = box
				? new BoxPick(this.page.page, this.page, box)
				: BoxPick.middle(this.page.page, this.page);
		} else {
			await this.drawLayer();
			if (!this.words?.length) return false;
			this.pick =
				kind === 'extent'
					? new TextPick(this.words, mark.offset, mark.offset + mark.length, true)
					: TextPick.at(this.words, here?.offset ?? this.words[0].offset);
		}
		this.drawPick();
		return true;
	}

	stopPicking() {
		this.pick = null;
		fill(this.picked);
	}

	pickKey(event) {
		if (!this.pick.key(event)) return false;
		this.drawPick();
		announce(this.pick.text ? t('selectedText', {text: this.pick.text}) : '');
		return true;
	}

	drawPick() {
		const {width, height} = this.page,
			boxes = this.pick.box ? [this.pick.box] : this.pick.parts.map(partBox);
		fill(
			this.picked,
			boxes.map(box =>
				h(this.pick.box ? 'div.rectangle' : 'div.stretch', {
					style: {
						left: share(box.x0, width),
						top: share(box.y0, height),
						width: share(box.x1 - box.x0, width),
						height: share(box.y1 - box.y0, height),
					},
				})
			)
		);
		this.picked.firstChild?.scrollIntoView({block: 'nearest', inline: 'nearest'});
	}

	get place() {
		return (
			this.pick &&
			(this.pick.box
				? {boxes: [this.pick.place]}
				: {offset: this.pick.start, length: this.pick.length})
		);
	}
}
