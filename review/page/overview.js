// overview.js - <lw-overview>: what the Woo officer answers for: progress, deadline, what stands in the way,
// how good the proposals were.
import {h, fill, foreign, harmless, lead, tail} from './dom.js';
import {t, number, percent, date, time} from './words.js';
import {dialog, field, choice, check} from './dialog.js';
import {measure} from './publish.js';

const ROLES = ['officer', 'reviewer', 'approver'],
	EVENTS = 40,
	FINAL = ['undo', 'publish'], // what cannot be taken back
	ASIDE = ['sample', 'document', 'judge', 'settings', 'import', 'undo']; // their count is not of marks

class Overview extends HTMLElement {
	connect(store, app) {
		Object.assign(this, {store, app, events: EVENTS});
		this.heading = h('h2', {tabIndex: -1}, t('overview'));
		this.body = h('div.grid', {});
		this.publish = document.createElement('lw-publish');
		this.publish.connect(store, app);
		fill(this, h('header', {}, this.heading), this.body);
		store.on('dossier', () => this.hidden || this.show().catch(problem => store.fail(problem)));
	}

	async show() {
		const read = (what, values) => this.store.api.read(what, values);
		const [consistency, groups, precision, rules, events, reviewers] = await Promise.all([
			read('consistency'),
			read('groups'),
			read('precision'),
			read('rules'),
			read('events', {limit: this.events}),
			read('reviewers'),
			this.publish.show(),
		]);
		const focus = this.contains(document.activeElement) ? document.activeElement.dataset.key : null;
		fill(
			this.body,
			h('div.column', {}, this.progress(), this.publish, this.reviewers(reviewers), this.rules(rules)),
			h(
				'div.column',
				{},
				this.consistency(consistency),
				this.groups(groups),
				this.precision(precision),
				this.history(events)
			)
		);
		if (focus) this.querySelector(`[data-key="${CSS.escape(focus)}"]`)?.focus();
	}

	block(title, ...children) {
		return h('section.block', {}, h('h3', {}, title), children);
	}

	act(action) {
		return this.app.send(action);
	}

	button(key, label, action, name) {
		return h(
			'button',
			{data: {key}, onclick: action, 'aria-label': name && `${label}: ${name}`},
			label
		);
	}

	// ---- progress and deadline ----

	progress() {
		const {dossier, documents} = this.store,
			{open, accepted, rejected} = dossier.marks,
			total = open + accepted + rejected;
		const bar = (label, done, total) => measure(label, {done, total});
		const {deadline} = dossier;
		return this.block(
			t('progressTitle'),
			bar(t('decided'), total - open, total),
			bar(t('documentsDone'), documents.filter(each => !each.open).length, documents.length),
			bar(t('pagesSeen'), dossier.pages.seen, dossier.pages.total),
			dossier.marks.delta > 0 &&
				h('p.delta', {}, t('readAgain', {n: number(dossier.marks.delta)})),
			h(
				'p',
				{},
				deadline?.date
					? [
							h('strong', {}, t('until', {date: date(deadline.date)})),
							dossier.requested
								? ` · ${t('requested')} ${date(dossier.requested)}`
								: '',
						]
					: t('noDeadline')
			),
			this.button('settings', t('dossierTitle') + '…', () => this.settings())
		);
	}

	async settings() {
		const {dossier} = this.store;
		const names = {
			title: 'title',
			organisation: 'organisation',
			tooi: 'tooi',
			matter: 'matter',
			requested: 'requested',
			decided: 'decidedOn',
			url: 'url',
			description: 'descriptionOf',
			category: 'category',
			prefix: 'prefix',
			suspended_days: 'suspendedDays',
		};
		const inputs = Object.fromEntries(
			Object.keys(names).map(name => [
				name,
				h('input', {
					value: dossier[name] ?? '',
					type: ['requested', 'decided'].includes(name)
						? 'date'
						: name === 'url'
							? 'url'
							: name === 'suspended_days'
								? 'number'
								: 'text',
				}),
			])
		);
		const extended = check(t('extended'), {checked: Boolean(dossier.extended)});
		const answer = await dialog(
			t('dossierTitle'),
			[Object.entries(names).map(([name, label]) => field(t(label), inputs[name])), extended],
			{
				confirm: t('save'),
				answer: () => {
					const action = {act: 'settings'};
					for (const [name, input] of Object.entries(inputs)) {
						const value =
							input.type === 'number'
								? Math.max(0, Math.floor(Number(input.value)) || 0)
								: input.value.trim() || null;
						if (value !== (dossier[name] ?? null)) action[name] = value;
					}
					if (extended.input.checked !== Boolean(dossier.extended))
						action.extended = extended.input.checked;
					return action;
				},
			}
		).done;
		if (answer) await this.act(answer);
	}

	// ---- removed here, readable there ----

	consistency({items}) {
		const place = item =>
			item.readable.map(each =>
				h(
					'li',
					{},
					h(
						'button.quiet',
						{onclick: () => this.app.go(each.document, null, each.page)},
						foreign(this.store.entry(each.document)?.name ?? each.document)
					),
					' ',
					h(
						'span.words',
						{dir: 'auto'},
						lead(each.before),
						h('strong', {}, harmless(item.text)),
						tail(each.after)
					)
				)
			);
		const row = item =>
			h(
				'li',
				{},
				h(
					'p',
					{},
					h('strong', {dir: 'auto'}, harmless(item.text)),
					' ',
					typeof item.removed === 'number' ? t('removedTimes', {n: item.removed}) : ''
				),
				h('ul.plain', {}, place(item)),
				item.decided
					? h('p', {}, t('decidedSo', {motivation: harmless(item.motivation ?? '')}))
					: h(
							'div.buttons',
							{},
							this.button(
								`there-${item.text}`,
								t('redactThere'),
								() => this.there(item),
								harmless(item.text)
							),
							this.button(
								`leave-${item.text}`,
								t('leaveReadable'),
								() => this.leave(item),
								harmless(item.text)
							)
						)
			);
		return this.block(
			h('span', {id: 'consistency', tabIndex: -1}, t('consistency')),
			items.length ? h('ul.plain.roomy', {}, items.map(row)) : h('p', {}, t('consistencyNone'))
		);
	}

	async there(item) {
		const action = {act: 'search', term: item.text, grounds: ['5.1.2.e']};
		this.app.tellCount(await this.store.act(action), 'addedSaid');
	}

	async leave(item) {
		const area = h('textarea', {rows: 3});
		const answer = await dialog(
			t('leaveReadable'),
			[h('p.about', {dir: 'auto'}, harmless(item.text)), field(t('leaveWhy'), area)],
			{
				confirm: t('save'),
				check: () => (area.value.trim() ? '' : t('leaveWhy')),
				answer: () => ({act: 'leave', text: item.text, motivation: area.value.trim()}),
			}
		).done;
		if (answer) await this.act(answer);
	}

	// ---- duplicates and threads ----

	groups({groups}) {
		const name = number => foreign(this.store.entry(number)?.name ?? number);
		const row = group => {
			const documents = [...new Set(group.members.map(member => member.document))];
			const pages = group.type === 'message' ? group.members.map(member => member.page) : [];
			return h(
				'li',
				{},
				h('span.fine', {}, t('group.' + group.type)),
				h(
					'ul.plain',
					{},
					documents.map((number, i) =>
						h(
							'li',
							{},
							h(
								'button.quiet',
								{
									onclick: () =>
										this.app.go(number, null, pages[i]),
								},
								name(number)
							),
							i > 0 &&
								group.type !== 'same' &&
								this.button(
									`differ-${documents[0]}-${number}`,
									t('differ'),
									() => this.differ(documents[0], number),
									harmless(
										this.store.entry(number)?.name ?? ''
									)
								)
						)
					)
				)
			);
		};
		return this.block(
			t('groups'),
			groups.length ? h('ul.plain.roomy', {}, groups.map(row)) : h('p', {}, t('groupsNone'))
		);
	}

	async differ(one, other) {
		const {differences} = await this.store.api.read(`documents/${one}/difference`, {other});
		const side = (label, text) =>
			h(
				'p',
				{},
				h('span.fine', {}, label + ': '),
				text ? h('span', {dir: 'auto'}, harmless(text)) : h('em', {}, t('nothing'))
			);
		await dialog(
			t('differ'),
			differences.length
				? h(
						'ul.plain.roomy',
						{},
						differences.map(each =>
							h(
								'li',
								{},
								side(t('here'), each.text),
								side(t('there'), each.other_text)
							)
						)
					)
				: h('p', {}, t('differNone')),
			{wide: true}
		).done;
	}

	// ---- rules ----

	precision({rules}) {
		const decided = rules.filter(each => each.accepted + each.rejected);
		if (!decided.length) return this.block(t('precision'), h('p', {}, t('precisionNone')));
		return this.block(
			t('precision'),
			h(
				'table',
				{},
				h(
					'thead',
					{},
					h(
						'tr',
						{},
						['rule', 'accepted', 'rejected', 'share'].map(name =>
							h('th', {scope: 'col'}, t(name))
						)
					)
				),
				h(
					'tbody',
					{},
					decided.map(each =>
						h(
							'tr',
							{},
							h('th', {scope: 'row'}, each.rule),
							h('td', {}, number(each.accepted)),
							h('td', {}, number(each.rejected)),
							h(
								'td',
								{},
								`${percent(each.precision)} (${percent(each.low)}–${percent(each.high)})`
							)
						)
					)
				)
			),
			h('p.fine', {}, t('precisionNote'))
		);
	}

	rules({rules}) {
		const text = h('input', {'aria-label': t('rulesAdd'), placeholder: t('rulesAdd')});
		const add = event => {
			event.preventDefault();
			if (text.value.trim()) this.act({act: 'rule', never: text.value.trim()});
		};
		return this.block(
			t('rules'),
			rules.length
				? h(
						'ul.plain',
						{},
						rules.map(each =>
							h(
								'li',
								{},
								h('strong', {dir: 'auto'}, harmless(each.never)),
								' ',
								t('marksCount', {n: each.marks}),
								' · ',
								foreign(each.by),
								' ',
								this.button(
									`rule-${each.rule}`,
									t('undoRule'),
									() =>
										this.act({
											act: 'undo',
											event: each.rule,
										}),
									harmless(each.never)
								)
							)
						)
					)
				: h('p', {}, t('rulesNone')),
			h('form.row', {onsubmit: add}, text, h('button', {}, t('addRule')))
		);
	}

	// ---- who and what ----

	reviewers({reviewers}) {
		return this.block(
			t('reviewers'),
			h(
				'ul.plain',
				{},
				reviewers.map(each =>
					h(
						'li',
						{},
						h('strong', {}, foreign(each.name || each.reviewer)),
						' ',
						each.role ? t('role.' + each.role) : t('roleNone'),
						' · ',
						t('decisions', {n: each.decisions})
					)
				)
			),
			this.button('reviewer', t('addReviewer') + '…', () => this.addReviewer())
		);
	}

	async addReviewer() {
		const login = h('input', {autocomplete: 'off'}),
			name = h('input', {autocomplete: 'off'}),
			role = choice([...ROLES.map(id => [id, t('role.' + id)]), ['', t('roleNone')]], 'reviewer');
		const answer = await dialog(
			t('addReviewer'),
			[field(t('login'), login), field(t('name'), name), field(t('role'), role)],
			{
				confirm: t('save'),
				check: () => (login.value.trim() ? '' : t('login')),
				answer: () => ({
					act: 'reviewer',
					reviewer: login.value.trim(),
					...(name.value.trim() ? {name: name.value.trim()} : {}),
					role: role.value || null,
				}),
			}
		).done;
		if (answer) await this.act(answer);
	}

	history({events}) {
		const rows = [...events]
			.sort((a, b) => b.event - a.event)
			.filter(each => each.act !== 'seen')
			.map(each =>
				h(
					'li',
					{},
					h('time', {dateTime: each.time}, time(each.time)),
					' ',
					each.by ? foreign(each.by) : t('system'),
					' · ',
					t('act.' + each.act),
					each.count > 1 && !ASIDE.includes(each.act) ? ` · ${t('marksCount', {n: each.count})}` : '',
					each.note ? [' · ', foreign(each.note)] : '',
					' ',
					each.undone
						? h('em', {}, t('undoneBy'))
						: each.by && !FINAL.includes(each.act)
							? this.button(
									`undo-${each.event}`,
									t('undoThis'),
									() =>
										this.store
											.act({
												act: 'undo',
												event: each.event,
											})
											.then(
												answer =>
													answer &&
													this.app.tell(
														t(
															'undone'
														)
													)
											),
									`${t('act.' + each.act)}, ${time(each.time)}`
								)
							: null
				)
			);
		return h(
			'section.block',
			{},
			h('h3', {}, t('events')),
			h('ol.events', {}, rows),
			events.length >= this.events &&
				h(
					'button',
					{
						data: {key: 'more'},
						onclick: () => {
							this.events *= 4;
							this.show();
						},
					},
					t('more')
				)
		);
	}
}

customElements.define('lw-overview', Overview);
