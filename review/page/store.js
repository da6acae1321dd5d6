// store.js - what the page knows of a dossier, and every change to it.
// Invariant: what is shown as decided has been sent, and goes back when it was refused.
import {Refusal} from './api.js';
import {debounce} from './dom.js';

const MARKS_AT_ONCE = 5000,
	SETTLE = 150;

/** A mark of an area has no text, and says so. */
const whole = mark => ({text: null, offset: null, length: null, ...mark});

export class Store extends EventTarget {
	constructor(api, session) {
		super();
		this.api = api;
		this.session = session;
		this.documents = [];
		this.dossier = null;
		this.words = null; // vocabulary
		this.details = new Map();
		this.marks = new Map(); // document → marks in order of place
		this.document = 0;
		this.mark = null; // id
		this.filter = {};
		this.warnings = []; // of the document that is open
		this.event = 0;
		this.own = new Set(); // events of this page
		this.last = []; // own events that can be undone, newest last
		this.queue = Promise.resolve();
		this.hopes = new Map(); // mark → the decision that was sent, until the server has answered
		this.renew = debounce(SETTLE, () => this.refresh().catch(problem => this.fail(problem)));
	}

	tell(...names) {
		for (const name of names) this.dispatchEvent(new Event(name));
	}

	on(name, action) {
		this.addEventListener(name, action);
	}

	fail(problem) {
		if (problem.name === 'AbortError') return;
		this.dispatchEvent(new CustomEvent('problem', {detail: problem}));
	}

	async start() {
		const lang = {lang: this.api.lang};
		const [dossier, documents, words] = await Promise.all([
			this.api.read(''),
			this.api.read('documents'),
			this.api.read('vocabulary', lang),
		]);
		this.words = words;
		this.take(dossier, documents);
		this.tell('dossier', 'documents');
	}

	take(dossier, documents) {
		this.dossier = dossier;
		this.documents = documents.documents.filter(document => document.state !== 'removed');
		this.event = Math.max(this.event, dossier.event);
	}

	/** Something changed, here or elsewhere. */
	async refresh() {
		const [dossier, documents] = await Promise.all([
			this.api.read(''),
			this.api.read('documents'),
			this.readWarnings(this.document),
		]);
		const foreign = dossier.event !== this.event && !this.own.has(dossier.event);
		this.take(dossier, documents);
		if (foreign || this.stale) {
			this.stale = false;
			await this.reloadMarks();
		}
		this.tell('dossier', 'documents', 'warnings');
	}

	/** What the law says of a document as a whole. */
	async readWarnings(document) {
		if (!document) return;
		const {warnings} = await this.api.read('warnings', {document, marks: false});
		if (document === this.document || document === this.wanted) this.warnings = warnings;
	}

	/** Reads the marks anew, after the acts that were sent and before those that come: none is read as it was. */
	reloadMarks() {
		return this.inTurn(() => this.readMarks());
	}

	/** What is shown stays until the new is there: a key never meets an empty list. */
	async readMarks() {
		const now = this.document;
		this.details.clear();
		for (const other of [...this.marks.keys()]) if (other !== now) this.marks.delete(other);
		if (!now) return;
		this.detail = await this.load(now);
		if (!this.find(this.mark)) this.mark = null;
		this.tell('marks', 'mark');
	}

	heard(event) {
		if (event > this.event || event < this.event - 1e6) this.renew();
	}

	// ---- documents ----

	entry(number) {
		return this.documents.find(document => document.document === number);
	}

	load(number) {
		if (!this.details.has(number)) {
			const loading = this.fetchDocument(number);
			loading.catch(() => this.details.delete(number));
			this.details.set(number, loading);
		}
		return this.details.get(number);
	}

	async fetchDocument(number) {
		const [detail, marks] = await Promise.all([
			this.api.read(`documents/${number}`),
			this.fetchMarks({document: number}),
		]);
		for (const mark of marks) mark.decision = this.hopes.get(mark.id) ?? mark.decision;
		this.marks.set(number, marks);
		return detail;
	}

	async fetchMarks(selector) {
		const all = [];
		for (;;) {
			const part = await this.api.read('marks', {
				...selector,
				limit: MARKS_AT_ONCE,
				skip: all.length || undefined,
			});
			all.push(...part.marks.map(whole));
			if (all.length >= part.count || !part.marks.length) return all;
		}
	}

	/** Opens a document, with the mark that comes first in it, or the named one. */
	async open(number, mark) {
		this.wanted = number;
		const [detail] = await Promise.all([this.load(number), this.readWarnings(number)]);
		if (this.wanted !== number) return;
		this.document = number;
		this.detail = detail;
		this.mark = mark === undefined ? (this.firstOpen(number)?.id ?? null) : mark;
		this.tell('document', 'warnings', 'marks', 'mark');
		this.prefetch();
	}

	/** What n will want next is there before it is asked for. */
	prefetch() {
		const next = this.nextDocumentWithOpen();
		clearTimeout(this.ahead);
		this.ahead = setTimeout(
			() =>
				next &&
				this.load(next.document).then(
					() => this.dispatchEvent(new CustomEvent('ahead', {detail: next.document})),
					() => {}
				),
			60
		);
	}

	nextDocumentWithOpen() {
		const at = this.documents.findIndex(document => document.document === this.document);
		const order = [...this.documents.slice(at + 1), ...this.documents.slice(0, Math.max(at, 0))];
		return order.find(document => document.open > 0);
	}

	// ---- marks ----

	get here() {
		return this.marks.get(this.document) || [];
	}

	find(id) {
		return id ? this.here.find(mark => mark.id === id) : undefined;
	}

	get selected() {
		return this.find(this.mark);
	}

	passes(mark) {
		const f = this.filter;
		return (
			(!f.kind || mark.kind === f.kind) &&
			(!f.decision || mark.decision === f.decision) &&
			(!f.ground || mark.grounds.includes(f.ground)) &&
			(!f.card || String(mark.card) === f.card) &&
			(!f.by || mark.by === f.by) &&
			(!f.delta || mark.delta) &&
			(!f.warning || mark.warnings?.length) &&
			(!f.score || this.inScore(mark.score, f.score))
		);
	}

	inScore(score, band) {
		const [from, to] = {sure: [0.9, 2], likely: [0.6, 0.9], doubtful: [0, 0.6]}[band];
		return score !== null && score >= from && score < to;
	}

	get listed() {
		return this.here.filter(mark => this.passes(mark));
	}

	firstOpen(number) {
		return (this.marks.get(number) || []).find(mark => mark.decision === 'open' && this.passes(mark));
	}

	select(id) {
		this.mark = id;
		this.tell('mark');
	}

	step(by) {
		const list = this.listed;
		const at = list.findIndex(mark => mark.id === this.mark);
		const to = at < 0 ? (by > 0 ? 0 : list.length - 1) : at + by;
		if (list[to]) this.select(list[to].id);
		return Boolean(list[to]);
	}

	/** The next open mark, in the next document if need be. False: there is none. */
	async nextOpen() {
		const list = this.listed;
		const at = list.findIndex(mark => mark.id === this.mark);
		const found = [...list.slice(at + 1), ...list.slice(0, Math.max(at, 0))].find(
			mark => mark.decision === 'open'
		);
		if (found) {
			this.select(found.id);
			return true;
		}
		const next = this.nextDocumentWithOpen();
		if (!next) return false;
		await this.open(next.document);
		return true;
	}

	// ---- acts ----

	/** One after the other, in the order of the keys. */
	inTurn(ask) {
		const asked = this.queue.then(ask);
		this.queue = asked.catch(() => {});
		return asked;
	}

	/** hope: the decision that is shown for the marks before the server has confirmed it. */
	act(action, hope) {
		const before = hope && this.hope(action.marks.ids, hope);
		return this.inTurn(() => this.api.act({base: this.event, ...action})).then(
			answer => {
				before?.forEach((_, id) => this.answered(id, hope));
				return this.done(action, answer);
			},
			problem => {
				before?.forEach((was, id) => {
					this.answered(id, hope);
					this.decided(id, was);
				});
				this.tell('marks', 'mark');
				if (problem instanceof Refusal && problem.status === 409)
					this.reloadMarks().then(() => this.renew());
				this.fail(problem);
				return null;
			}
		);
	}

	done(action, answer) {
		if (action.preview) return answer;
		if (answer.event) {
			this.own.add(answer.event);
			this.stale ||= answer.event > this.event + 1; // somebody else was busy too
			this.event = Math.max(this.event, answer.event);
			if (!['seen', 'undo'].includes(action.act)) this.last.push(answer.event);
		}
		this.stale ||=
			answer.count > (answer.marks || []).length ||
			['undo', 'extent', 'withdraw', 'rule'].includes(action.act);
		for (const mark of answer.marks || []) this.put(whole(mark));
		this.tell('marks', 'mark');
		this.renew();
		return answer;
	}

	put(mark) {
		const list = this.marks.get(mark.document);
		if (!list) return;
		const at = list.findIndex(other => other.id === mark.id);
		if (at >= 0) list[at] = mark;
		else this.stale = true;
	}

	/** The decisions that the marks had. */
	hope(ids, decision) {
		const before = new Map(ids.map(id => [id, this.find(id)?.decision]));
		for (const id of ids) {
			this.hopes.set(id, decision);
			this.decided(id, decision);
		}
		this.tell('marks', 'mark');
		return before;
	}

	/** A later hope for the same mark stays. */
	answered(id, hope) {
		if (this.hopes.get(id) === hope) this.hopes.delete(id);
	}

	decided(id, decision) {
		for (const list of this.marks.values())
			for (const mark of list) if (mark.id === id) mark.decision = decision;
	}

	async undo() {
		await this.queue;
		const event = this.last.pop() ?? (await this.lastOwn());
		return event ? this.act({act: 'undo', event}) : null;
	}

	/** What this person did last, also before the page was opened. */
	async lastOwn() {
		const {events} = await this.api.read('events', {limit: 200});
		const own = events.filter(each => each.by === this.session.user && !each.undone);
		const undoable = own
			.filter(each => !['seen', 'undo', 'publish'].includes(each.act))
			.map(each => each.event);
		return undoable.length ? Math.max(...undoable) : null;
	}

	preview(action) {
		return this.api.act({...action, preview: true});
	}

	/** How many marks a person has in the whole dossier. */
	async mentions(card) {
		return (await this.api.read('marks', {card, limit: 1})).count;
	}

	label(group, id) {
		return this.words?.[group].find(word => word.id === id)?.label ?? id;
	}
}
