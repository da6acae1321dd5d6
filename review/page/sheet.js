// sheet.js - <lw-sheet>: the document in the middle: its tools, and its pages or its text with the marks in place.
import {h, fill, foreign, announce, harmless, debounce} from './dom.js';
import {t} from './words.js';
import {keep, settings} from './settings.js';
import {keyOf} from './keys.js';
import {PageView} from './page.js';
import {warning} from './inspector.js';
import {TextView} from './text.js';

const ZOOMS = [0.5, 0.75, 1, 1.25, 1.5, 2, 3],
	SEEN_AFTER = 1000,
	KIN_MOST = 4;

class Sheet extends HTMLElement {
	connect(store, run) {
		this.store = store;
		this.run = run;
		this.title = '';
		this.name = h('h2.name', {});
		this.where = h('span.where', {});
		this.note = h('p.note', {hidden: true});
		this.kin = h('div.kin', {role: 'group', 'aria-label': t('groups'), hidden: true});
		this.law = h('ul.warnings', {'aria-label': t('warns'), hidden: true});
		this.pages = h('div.pages', {
			tabIndex: 0,
			role: 'region',
			'aria-label': t('pages'),
			onkeydown: event => this.key(event),
			onscroll: () => this.showWhere(),
		});
		this.looks = h(
			'div.looks',
			{role: 'group', 'aria-label': t('look')},
			['marks', 'published', 'both'].map(look =>
				h(
					'button',
					{
						data: {look},
						onclick: () => this.setLook(look),
					},
					t('look.' + look)
				)
			)
		);
		fill(
			this,
			h('header', {}, this.name, this.where, this.looks, this.zoomTools(), this.addTools()),
			this.note,
			this.kin,
			this.law,
			this.pages
		);
		this.near = new IntersectionObserver(entries => this.approach(entries), {
			root: this.pages,
			rootMargin: '120% 0px',
		});
		this.seen = new IntersectionObserver(entries => this.look(entries), {
			root: this.pages,
			threshold: [0, 0.3],
		});
		this.watching = new Map();
		this.sawNow = new Set();
		this.sendSeen = debounce(600, () => this.confirmSeen());
		new ResizeObserver(debounce(120, () => this.views?.forEach(view => view.renew()))).observe(
			this.pages
		);
		store.on('document', () => this.open());
		store.on('warnings', () => this.showWarnings());
		store.on('marks', () => this.views?.forEach(view => view.drawMarks()));
		store.on('mark', () => this.point());
		store.on('dossier', () => settings.look !== 'marks' && this.views?.forEach(view => view.renew()));
		store.on('ahead', event => this.ahead(event.detail));
		this.showLook();
	}

	tool(name, label) {
		return h(
			'button.quiet',
			{
				onclick: () => this.run(name),
				title: t('do.' + name),
				'aria-keyshortcuts': settings.letters ? keyOf(name) : undefined,
			},
			label
		);
	}

	zoomTools() {
		return h(
			'div.tools',
			{role: 'group', 'aria-label': t('zoom')},
			this.tool('smaller', '−'),
			this.tool('larger', '+')
		);
	}

	addTools() {
		return h(
			'div.tools',
			{role: 'group', 'aria-label': t('tools')},
			this.tool('text', t('toolText')),
			this.tool('box', t('toolBox')),
			this.tool('page', t('toolPage')),
			this.tool('search', t('toolSearch'))
		);
	}

	setLook(look) {
		keep({look});
		this.showLook();
		this.views?.forEach(view => view.renew());
		this.point();
		announce(t('look.' + look));
	}

	showLook() {
		this.dataset.look = settings.look;
		for (const button of this.looks.children)
			button.setAttribute('aria-pressed', String(button.dataset.look === settings.look));
	}

	zoom(by) {
		const at = ZOOMS.findIndex(zoom => zoom >= settings.zoom);
		keep({zoom: ZOOMS[Math.min(Math.max(at + by, 0), ZOOMS.length - 1)]});
		this.pages.style.setProperty('--zoom', settings.zoom);
		this.views?.forEach(view => view.renew());
		this.point();
	}

	// ---- a document ----

	showWarnings() {
		const {warnings} = this.store;
		fill(this.law, warnings.map(warning));
		this.law.hidden = !warnings.length;
	}

	open() {
		const {detail} = this.store;
		this.near.disconnect();
		this.seen.disconnect();
		this.stopPicking();
		this.watching.clear();
		this.sawNow.clear();
		this.pages.style.setProperty('--zoom', settings.zoom);
		fill(this.name, foreign(detail.name));
		this.name.title = harmless(detail.name);
		this.hasPages = detail.page.some(page => page.width);
		const widest = Math.max(1, ...detail.page.map(page => page.width || 0));
		this.views = this.hasPages
			? detail.page.map(page => new PageView(this, page, widest))
			: detail.state === 'refused'
				? []
				: [new TextView(this, detail)];
		fill(
			this.pages,
			this.views.map(view => view.element)
		);
		this.pages.scrollTop = 0;
		for (const view of this.views) {
			this.near.observe(view.element);
			this.seen.observe(view.element);
		}
		this.showNote(detail);
		this.showWhere();
	}

	showNote(detail) {
		const notes = (detail.notices || []).map(notice => notice.message || notice.code);
		if (detail.state === 'refused') notes.unshift(t('notShown', {message: detail.message || ''}));
		if (detail.duplicate_of)
			notes.push(
				t('duplicateOf', {
					name: harmless(
						this.store.entry(detail.duplicate_of)?.name ?? detail.duplicate_of
					),
				})
			);
		this.note.hidden = !notes.length;
		this.note.textContent = notes.join(' · ');
		this.showKin(detail.related || []);
	}

	/** The same document elsewhere, another version of it, or mail that both hold. */
	showKin(related) {
		const name = each => harmless(this.store.entry(each.document)?.name ?? each.document);
		fill(
			this.kin,
			related.slice(0, KIN_MOST).map(each =>
				h(
					'button.quiet',
					{
						onclick: () =>
							this.store
								.open(each.document)
								.catch(problem => this.store.fail(problem)),
					},
					t('kin.' + each.relation),
					' ',
					foreign(name(each))
				)
			),
			related.length > KIN_MOST && h('span', {}, `+${related.length - KIN_MOST}`)
		);
		this.kin.hidden = !related.length;
	}

	approach(entries) {
		for (const entry of entries)
			this.views.find(view => view.element === entry.target)?.near(entry.isIntersecting);
	}

	/** What the next document shows first is fetched before it is asked for. */
	async ahead(number) {
		const detail = await this.store.load(number);
		if (!detail.page.some(page => page.width)) return;
		const page = this.store.firstOpen(number)?.page ?? 1,
			view = this.views?.[0];
		if (!view?.resolution || !detail.page[page - 1]) return;
		const widest = Math.max(1, ...detail.page.map(each => each.width || 0));
		this.store.api
			.picture(
				number,
				page,
				PageView.resolutionFor(this, detail.page[page - 1], widest),
				'original'
			)
			.catch(() => {});
		PageView.layer(this.store, number, page).catch(() => {});
	}

	// ---- seen ----

	look(entries) {
		for (const entry of entries) {
			const page = Number(entry.target.dataset.page || 1),
				tall = entry.intersectionRect.height > this.pages.clientHeight * 0.4;
			clearTimeout(this.watching.get(page));
			this.watching.delete(page);
			if (
				entry.isIntersecting &&
				(entry.intersectionRatio >= 0.3 || tall) &&
				!this.alreadySeen(page)
			)
				this.watching.set(
					page,
					setTimeout(() => {
						this.sawNow.add(page);
						this.sendSeen();
					}, SEEN_AFTER)
				);
		}
	}

	alreadySeen(page) {
		const seen = this.store.detail.page[page - 1]?.seen;
		return !seen || seen.includes(this.store.session.user);
	}

	confirmSeen() {
		const pages = [...this.sawNow],
			document = this.store.document;
		this.sawNow.clear();
		if (!pages.length || document !== this.store.document) return;
		for (const page of pages) this.store.detail.page[page - 1]?.seen?.push(this.store.session.user);
		this.store.act({act: 'seen', document, pages});
	}

	// ---- where we are ----

	get current() {
		const top = this.pages.scrollTop + this.pages.clientHeight / 3;
		return (
			this.views?.find(view => view.element.offsetTop + view.element.offsetHeight > top) ||
			this.views?.at(-1)
		);
	}

	showWhere() {
		const view = this.current;
		this.where.textContent =
			this.hasPages && view?.page
				? t('pageOf', {page: view.page.page, pages: this.views.length})
				: '';
	}

	/** Shows the chosen mark, where the eye was. */
	point() {
		const mark = this.store.selected;
		this.views?.forEach(view => view.point(mark?.id));
		const view = mark && this.views?.find(each => each.has(mark));
		const place = view?.placeOf(mark);
		if (!place) return;
		const top = place.top - this.pages.getBoundingClientRect().top,
			height = this.pages.clientHeight;
		if (top < 40 || top + place.height > height - 60) this.pages.scrollTop += top - height * 0.3;
		const left = place.left - this.pages.getBoundingClientRect().left;
		if (left < 0 || left + place.width > this.pages.clientWidth)
			this.pages.scrollLeft += left - this.pages.clientWidth * 0.3;
	}

	// ---- choosing a place ----

	/** kind: text, box or extent. */
	startPicking(kind) {
		this.stopPicking();
		const mark = this.store.selected,
			view =
				(kind === 'extent' && this.views.find(each => each.has(mark))) ||
				(mark && this.views.find(each => each.has(mark))) ||
				this.current;
		if (!view) return;
		if (settings.look === 'published') this.setLook('marks');
		view.startPicking(kind, mark)
			.then(started => {
				if (!started) {
					announce(this.hasPages ? t('noText') : t('noPlace'));
					this.dispatchEvent(
						new CustomEvent('say', {
							detail: this.hasPages ? t('noText') : t('noPlace'),
							bubbles: true,
						})
					);
					return;
				}
				this.picking = {kind, view, mark};
				this.dataset.picking = kind;
				this.note.hidden = false;
				this.note.textContent = t(
					{
						text: 'textHelp',
						box: 'boxHelp',
						extent: view.pick?.box ? 'boxHelp' : 'extentHelp',
					}[kind]
				);
				this.pages.focus({preventScroll: true});
			})
			.catch(problem => this.store.fail(problem));
	}

	stopPicking() {
		this.picking?.view.stopPicking();
		if (this.picking && this.store.detail) this.showNote(this.store.detail);
		this.picking = null;
		delete this.dataset.picking;
	}

	/** A view has a place, chosen with the mouse. */
	picked(view, kind) {
		this.picking = {
			kind: this.picking?.kind === 'extent' ? 'extent' : kind,
			view,
			mark: this.picking?.mark,
		};
		this.finish();
	}

	key(event) {
		if (!this.picking) return;
		if (event.key === 'Escape') this.stopPicking();
		else if (event.key === 'Enter') this.finish();
		else if (!this.picking.view.pickKey(event)) return;
		event.preventDefault();
		event.stopPropagation();
	}

	finish() {
		const {kind, view, mark} = this.picking,
			place = view.place;
		if (!place) return;
		const text = view.pick.text;
		if (kind === 'extent') {
			this.store.act({act: 'extent', id: mark.id, ...place});
			this.stopPicking();
			return;
		}
		this.dispatchEvent(
			new CustomEvent('place', {
				detail: {document: this.store.document, place, text},
				bubbles: true,
			})
		);
	}
}

customElements.define('lw-sheet', Sheet);
