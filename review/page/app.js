// app.js - the page itself: starts it, draws its frame, and runs the commands.
import {session, Dossier} from './api.js';
import {Store} from './store.js';
import {h, fill, foreign, announce, harmless} from './dom.js';
import {t, speak, number, time, language} from './words.js';
import {settings, apply} from './settings.js';
import {listen, keyOf} from './keys.js';
import {askGround} from './grounds.js';
import * as ask from './questions.js';
import * as forms from './forms.js';
import * as manual from './manual.js';
import './documents.js';
import './sheet.js';
import './worklist.js';
import './inspector.js';
import './persons.js';
import './overview.js';
import {measure} from './publish.js';
import './second.js';

const VIEWS = ['review', 'persons', 'overview', 'second'],
	TOLD_FOR = 6000,
	LOOK_AGAIN = 700,
	LOOK_AT_FOLDER = 60000;

class App {
	async start() {
		this.session = await session();
		speak(settings.language || this.session.language);
		apply();
		const wanted = new URLSearchParams(location.hash.slice(1)).get('dossier');
		const {dossiers} = this.session;
		const chosen = dossiers.find(each => each.id === wanted) || (dossiers.length === 1 && dossiers[0]);
		if (!chosen) {
			this.choose(dossiers);
			return;
		}
		this.shelf = chosen;
		this.store = new Store(new Dossier(chosen.id, language()), this.session);
		this.draw();
		await this.store.start();
		this.follow();
		listen(name => this.run(name));
		const first =
			this.store.documents.find(each => each.open > 0 && each.state !== 'refused') ||
			this.store.documents.find(each => each.state !== 'refused');
		if (first) await this.store.open(first.document);
		this.worklist.list.focus();
	}

	choose(dossiers) {
		fill(
			document.body,
			h(
				'main.shelf',
				{},
				h('h1', {}, t('chooseDossier')),
				h(
					'ul',
					{},
					dossiers.map(each =>
						h(
							'li',
							{},
							h(
								'a',
								{
									href: `#dossier=${each.id}`,
									onclick: () =>
										setTimeout(() => location.reload()),
								},
								foreign(each.name)
							)
						)
					)
				)
			)
		);
		document.title = 'lakwerk';
	}

	// ---- the frame ----

	draw() {
		const {store} = this;
		const make = name => document.createElement(name);
		this.documents = make('lw-documents');
		this.sheet = make('lw-sheet');
		this.worklist = make('lw-worklist');
		this.inspector = make('lw-inspector');
		this.panels = {
			persons: make('lw-persons'),
			overview: make('lw-overview'),
			second: make('lw-second'),
		};
		this.said = h('div.said', {role: 'status', hidden: true});
		this.panes = h(
			'div.panes',
			{data: {pane: 'sheet'}},
			h('nav.left', {id: 'pane-documents', 'aria-label': t('documents')}, this.documents),
			h('div.middle', {id: 'pane-sheet'}, this.sheet),
			h(
				'aside.right',
				{id: 'pane-worklist', 'aria-label': t('worklist')},
				this.worklist,
				this.inspector
			)
		);
		fill(
			document.body,
			h(
				'a.skip',
				{
					href: '#worklist',
					onclick: event => {
						event.preventDefault();
						this.worklist.list.focus();
					},
				},
				t('skip')
			),
			this.header(),
			h('main', {}, this.switcher(), this.panes, Object.values(this.panels)),
			this.said,
			h('div.unseen', {id: 'announcements', role: 'status', 'aria-live': 'polite'})
		);
		const run = name => this.run(name);
		this.documents.connect(store);
		this.worklist.connect(store, run);
		this.inspector.connect(store, run);
		this.sheet.connect(store, run);
		for (const panel of Object.values(this.panels)) panel.connect(store, this);
		store.on('dossier', () => this.drawHeader());
		store.on('problem', event => this.tell(this.explain(event.detail), true));
		document.addEventListener('place', event => this.add(event.detail));
		document.addEventListener('say', event => this.tell(event.detail));
		this.show('review');
	}

	header() {
		this.heading = h('h1', {});
		this.matter = h('span.matter', {});
		this.progress = h('span.progress', {});
		this.deadline = h('span.deadline', {});
		this.link = h('span.link', {role: 'status'});
		this.stale = h('div.stale', {role: 'status', hidden: true});
		this.tabs = h(
			'nav.tabs',
			{'aria-label': t('views')},
			VIEWS.map(name =>
				h(
					'button',
					{
						data: {view: name},
						onclick: () => this.show(name),
						'aria-keyshortcuts': settings.letters ? keyOf(name) : undefined,
					},
					t(name)
				)
			)
		);
		return h(
			'header.top',
			{},
			h('div.title', {}, this.heading, this.matter),
			this.tabs,
			h('div.state', {}, this.progress, this.deadline, this.link),
			h(
				'div.tools',
				{},
				h(
					'button.quiet',
					{onclick: () => this.run('search'), title: t('do.search')},
					t('toolSearch')
				),
				h('button.quiet', {onclick: () => this.run('settings')}, t('settings')),
				h('button.quiet', {onclick: () => this.run('help')}, t('help'))
			),
			this.stale
		);
	}

	/** On a narrow screen one pane at a time. */
	switcher() {
		const panes = [
			['documents', t('documents')],
			['sheet', t('pages')],
			['worklist', t('worklist')],
		];
		this.paneButtons = h(
			'div.switcher',
			{role: 'group', 'aria-label': t('views')},
			panes.map(([name, label]) =>
				h(
					'button',
					{
						data: {pane: name},
						'aria-pressed': String(name === 'sheet'),
						onclick: () => this.showPane(name),
					},
					label
				)
			)
		);
		return this.paneButtons;
	}

	showPane(name) {
		this.panes.dataset.pane = name;
		for (const button of this.paneButtons.children)
			button.setAttribute('aria-pressed', String(button.dataset.pane === name));
	}

	drawHeader() {
		const {dossier} = this.store,
			{open, accepted, rejected} = dossier.marks,
			total = open + accepted + rejected,
			done = total - open;
		const title = dossier.title || this.shelf.name;
		fill(this.heading, foreign(title));
		document.title = `${harmless(title)} · lakwerk`;
		this.matter.textContent = dossier.matter || '';
		fill(
			this.progress,
			h('progress', {value: done, max: total || 1, 'aria-label': t('progressTitle')}),
			' ',
			t('progress', {done: number(done), total: number(total)})
		);
		const left = dossier.deadline?.days_left;
		this.deadline.hidden = left === undefined || left === null;
		if (!this.deadline.hidden)
			this.deadline.textContent =
				left > 0
					? t('deadlineIn', {n: left})
					: left === 0
						? t('deadlineToday')
						: t('deadlinePast', {n: -left});
		this.deadline.classList.toggle('near', left <= 7);
		if (!this.reading) this.drawStale(dossier.stale);
	}

	// ---- the folder ----

	drawStale(stale) {
		this.stale.hidden = !(stale && (stale.new || stale.changed || stale.removed));
		if (this.stale.hidden) return;
		fill(
			this.stale,
			h('span', {}, t('stale', stale)),
			h('button', {data: {key: 'scan'}, onclick: () => this.scan()}, t('scan'))
		);
	}

	/** Reads what is new or changed; others may go on deciding. */
	async scan() {
		const {store} = this;
		this.reading = true;
		try {
			let job = await store.api.scan();
			while (job.state === 'running') {
				fill(this.stale, measure(t('scanning'), job));
				await new Promise(resolve => setTimeout(resolve, LOOK_AGAIN));
				job = await store.api.job();
			}
			this.tell(t(job.state === 'done' ? 'scanned' : 'scanFailed'), job.state !== 'done');
			store.stale = true;
		} catch (problem) {
			store.fail(problem);
		}
		this.reading = false;
		await store.refresh();
	}

	show(name) {
		this.view = name;
		this.panes.hidden = name !== 'review';
		this.paneButtons.hidden = name !== 'review';
		for (const [other, panel] of Object.entries(this.panels)) {
			panel.hidden = other !== name;
			if (other === name)
				panel.show().then(
					() => panel.querySelector('h2')?.focus(),
					problem => this.store.fail(problem)
				);
		}
		for (const tab of this.tabs.children) {
			if (tab.dataset.view === name) tab.setAttribute('aria-current', 'page');
			else tab.removeAttribute('aria-current');
		}
		if (name === 'review' && this.store.document) {
			this.sheet.point();
			this.worklist.list.focus();
		}
	}

	/** Shows a place that another view speaks of. */
	async go(document, mark, page) {
		this.show('review');
		this.store.filter = {};
		await this.store.open(document, mark ?? null);
		if (page && !mark) this.sheet.views[page - 1]?.element.scrollIntoView();
		this.worklist.list.focus();
	}

	/** Hears of changes while somebody looks. A page that nobody looks at keeps no connection. */
	follow() {
		const open = () => {
			this.feed?.close();
			this.feed = this.store.api.feed(
				event => this.store.heard(event),
				up => {
					this.link.textContent = up ? '' : t('lost');
				}
			);
		};
		document.addEventListener('visibilitychange', () =>
			document.hidden ? this.feed?.close() : open()
		);
		window.addEventListener('pagehide', () => this.feed?.close());
		setInterval(() => document.hidden || this.store.renew(), LOOK_AT_FOLDER);
		open();
	}

	// ---- saying ----

	tell(text, undoable) {
		const words = h('span', {}, text);
		const undo =
			undoable === 'undo' &&
			h(
				'button',
				{onclick: () => this.run('undo')},
				t('undo'),
				settings.letters && h('kbd', {'aria-hidden': 'true'}, keyOf('undo'))
			);
		fill(this.said, words, undo);
		this.said.classList.toggle('wrong', undoable === true);
		this.said.hidden = false;
		clearTimeout(this.silence);
		this.silence = setTimeout(
			() => (this.said.hidden = true),
			undoable === true ? 2 * TOLD_FOR : TOLD_FOR
		);
	}

	explain(problem) {
		const words = {409: 'conflict', 0: 'offline', 401: 'signedOut', 503: 'busy'}[problem.status];
		return words ? t(words) : t('failed', {message: problem.message});
	}

	tellCount(answer, key = 'manySaid') {
		if (answer)
			this.tell(
				[t(key, {n: answer.count}), answer.skipped && t('skippedSaid', {n: answer.skipped})]
					.filter(Boolean)
					.join('; '),
				'undo'
			);
	}

	// ---- commands ----

	async run(name) {
		try {
			await this.command(name);
		} catch (problem) {
			this.store.fail(problem);
		}
	}

	async command(name) {
		if (VIEWS.includes(name)) return this.show(name);
		if (['help', 'settings', 'undo', 'search'].includes(name)) return this[name]();
		if (this.view !== 'review') this.show('review');
		const mark = this.store.selected;
		switch (name) {
			case 'next':
				return this.store.step(1);
			case 'previous':
				return this.store.step(-1);
			case 'nextOpen':
				return this.nextOpen();
			case 'nextDocument':
				return this.document(1);
			case 'previousDocument':
				return this.document(-1);
			case 'text':
			case 'box':
				return this.sheet.startPicking(name);
			case 'page':
				return this.addPage();
			case 'preview':
				return this.sheet.setLook(settings.look === 'published' ? 'marks' : 'published');
			case 'beside':
				return this.sheet.setLook(settings.look === 'both' ? 'marks' : 'both');
			case 'larger':
				return this.sheet.zoom(1);
			case 'smaller':
				return this.sheet.zoom(-1);
			case 'filter':
				return this.worklist.toggle();
			case 'judge':
				return this.send(await forms.askJudgement(this.store));
			case 'describe':
				return this.send(await forms.askData(this.store));
			case 'comment':
				return this.send(await forms.askComment(this.store, mark, time));
			default:
				return mark && this.onMark(name, mark);
		}
	}

	async onMark(name, mark) {
		switch (name) {
			case 'accept':
				return mark.grounds.length
					? this.decide(mark, 'accept', 'accepted')
					: this.ground(mark, true);
			case 'reject':
				return this.decide(mark, 'reject', 'rejected');
			case 'reopen':
				return this.decide(mark, 'reopen', 'open');
			case 'ground':
				return this.ground(mark, false);
			case 'same':
				return this.same(mark);
			case 'extent':
				return this.sheet.startPicking('extent');
		}
	}

	async nextOpen() {
		if (!(await this.store.nextOpen())) this.tell(t('allDecided'));
	}

	async document(by) {
		const {documents} = this.store;
		const to = documents[documents.findIndex(each => each.document === this.store.document) + by];
		if (to) await this.store.open(to.document);
	}

	decide(mark, act, decision) {
		const sent = this.store.act({act, marks: {ids: [mark.id]}}, decision);
		const said = t(
			decision === 'accepted'
				? 'acceptedSaid'
				: decision === 'rejected'
					? 'rejectedSaid'
					: 'reopenedSaid',
			{text: harmless(mark.text ?? t('area'))}
		);
		sent.then(
			answer =>
				answer &&
				this.tell(answer.count > 1 ? t('manySaid', {n: answer.count}) : said, 'undo')
		);
		if (decision !== 'open' && settings.advance)
			this.store.nextOpen().catch(problem => this.store.fail(problem));
	}

	async ground(mark, accepting) {
		const answer = await askGround(this.store, mark, accepting);
		if (!answer) return;
		const {grounds, motivation, marks} = answer;
		if (accepting) {
			this.tellCount(
				await this.store.act({
					act: 'accept',
					marks,
					grounds,
					...(motivation ? {motivation} : {}),
				})
			);
			if (settings.advance) await this.nextOpen();
			return;
		}
		this.tellCount(await this.store.act({act: 'ground', marks, grounds}));
		if (motivation !== (mark.motivation ?? null))
			await this.store.act({act: 'motivate', marks, motivation});
	}

	async same(mark) {
		const answer = await ask.askSame(this.store, mark);
		if (!answer) return;
		const {never, ...action} = answer;
		this.tellCount(await this.store.act(action));
		if (never) await this.store.act({act: 'rule', never: mark.text, kind: mark.kind});
		if (settings.advance && this.store.selected?.decision !== 'open') await this.store.nextOpen();
	}

	async send(action) {
		if (action && (await this.store.act(action))) this.tell(t('saved'), 'undo');
	}

	async add(where) {
		const action = await ask.askAdd(this.store, where);
		this.sheet.stopPicking();
		this.sheet.pages.focus({preventScroll: true});
		if (!action) return;
		const answer = await this.store.act(action);
		if (!answer) return;
		await this.store.reloadMarks();
		if (answer.marks?.[0]) this.store.select(answer.marks[0].id);
		this.tellCount(answer, 'addedSaid');
	}

	addPage() {
		const page = this.sheet.hasPages ? this.sheet.current?.page.page : 1;
		return this.add({document: this.store.document, place: {page}});
	}

	async search() {
		if (this.view !== 'review') this.show('review');
		const action = await ask.askSearch(this.store, getSelection().toString().trim());
		if (!action) return;
		const answer = await this.store.act(action);
		await this.store.reloadMarks();
		this.tellCount(answer, 'addedSaid');
	}

	async undo() {
		const answer = await this.store.undo();
		this.tell(t(answer ? 'undone' : 'nothingToUndo'));
		if (answer?.marks?.[0]?.document === this.store.document) this.store.select(answer.marks[0].id);
	}

	async settings() {
		const answer = await manual.askSettings();
		if (answer && answer.language !== language()) location.reload();
		else if (answer) this.inspector.draw();
	}

	help() {
		return manual.showHelp(name => this.run(name));
	}
}

new App().start().catch(problem => {
	speak(settings.language || 'nl');
	fill(
		document.body,
		h(
			'main.shelf',
			{},
			h('h1', {}, 'lakwerk'),
			h(
				'p',
				{role: 'alert'},
				problem.status === 401
					? t('signedOut')
					: problem.status === 0
						? t('offline')
						: t('failed', {message: problem.message})
			)
		)
	);
	announce(problem.message);
});
