// grounds.js - choosing grounds, a motivation and what they go for.
import {h, fill, harmless} from './dom.js';
import {t} from './words.js';
import {dialog, field, choice, check, radios} from './dialog.js';

export const scopesOf = async (store, mark) => {
	const card = mark.card !== null && mark.card !== undefined;
	const scopes = [['this', t('scope.this')]];
	if (mark.same?.document > 1) scopes.push(['document', t('scope.document', {n: mark.same.document})]);
	if (mark.same?.dossier > (mark.same?.document ?? 0) || mark.same?.dossier > 1)
		scopes.push(['dossier', t('scope.dossier', {n: mark.same.dossier})]);
	if (card) scopes.push(['card', t('scope.card', {n: await store.mentions(mark.card)})]);
	return scopes;
};

export const selectorOf = (mark, scope) =>
	scope === 'card' ? {card: mark.card} : scope === 'this' ? {ids: [mark.id]} : {like: mark.id, in: scope};

/** Grounds as a list that can be searched; several may be chosen. */
export function groundPicker(store, chosen) {
	const find = h('input', {
		type: 'text',
		role: 'searchbox',
		placeholder: t('groundSearch'),
		'aria-label': t('groundSearch'),
		autocomplete: 'off',
	});
	const told = h('p.chosen', {role: 'status'});
	const rows = store.words.grounds.map(ground =>
		Object.assign(check('', {value: ground.id, checked: chosen.includes(ground.id)}), {ground})
	);
	const list = h('div.grounds', {role: 'group', 'aria-label': t('ground')});
	let relation = '';
	for (const row of rows) {
		const own = row.ground.relation?.toLowerCase() ?? 'scope';
		if (own !== relation) list.append(h('h3', {}, t('relation.' + (relation = own))));
		fill(row.lastChild, h('span.ground', {}, row.ground.id), ' ', row.ground.label);
		list.append(row);
	}
	const get = () => rows.filter(row => row.input.checked).map(row => row.input.value);
	const tell = () =>
		(told.textContent = get().length ? t('chosen', {grounds: get().join(' · ')}) : t('groundNeeded'));
	list.addEventListener('change', tell);
	find.addEventListener('input', () => {
		const words = find.value.toLowerCase();
		for (const row of rows)
			row.hidden =
				Boolean(words) &&
				!`${row.ground.id} ${row.ground.label}`.toLowerCase().includes(words);
		list.classList.toggle('searching', Boolean(words));
	});
	find.addEventListener('keydown', event => {
		if (event.key !== 'ArrowDown') return;
		event.preventDefault();
		rows.find(row => !row.hidden)?.input.focus();
	});
	list.addEventListener('keydown', event => {
		const by = {ArrowDown: 1, ArrowUp: -1}[event.key],
			shown = rows.filter(row => !row.hidden);
		if (!by) return;
		event.preventDefault();
		(shown[shown.findIndex(row => row.contains(document.activeElement)) + by]?.input || find).focus();
	});
	tell();
	return {parts: [find, list, told], get, first: rows.find(row => row.input.checked)?.input || find};
}

/** Motivation with texts to use again. */
export async function motivationField(store, text) {
	const area = h('textarea', {rows: 3, value: text || '', id: 'motivation'});
	const answer = await store.api.read('blocks').catch(() => ({blocks: []}));
	const pick = choice(
		[['', t('reuseNone')], ...answer.blocks.map(block => [block.block, harmless(block.title)])],
		'',
		{
			'aria-label': t('reuse'),
			onchange: event => {
				const block = answer.blocks.find(each => String(each.block) === event.target.value);
				area.value = block ? block.text : area.value;
				area.focus();
			},
		}
	);
	const keepIt = check(t('keepBlock'));
	const save = () =>
		keepIt.input.checked &&
		area.value.trim() &&
		store.act({act: 'block', title: area.value.trim().slice(0, 60), text: area.value.trim()});
	return {
		parts: [
			field(t('motivation'), area),
			h('div.row', {}, answer.blocks.length > 0 && field(t('reuse'), pick), keepIt),
		],
		get: () => area.value.trim() || null,
		save,
	};
}

/** Ground and motivation of a mark; accepting: it is accepted with them. */
export async function askGround(store, mark, accepting) {
	const grounds = groundPicker(store, mark.grounds),
		motivation = await motivationField(store, mark.motivation);
	const scope = radios('scope', t('scope'), await scopesOf(store, mark), 'this');
	const asked = dialog(
		t('groundTitle'),
		[
			h('p.about', {dir: 'auto'}, harmless(mark.text ?? t('area'))),
			grounds.parts,
			motivation.parts,
			scope,
		],
		{
			confirm: accepting ? t('applyAccept') : t('apply'),
			first: grounds.first,
			wide: true,
			check: () => (grounds.get().length ? '' : t('groundNeeded')),
			answer: () => ({
				grounds: grounds.get(),
				motivation: motivation.get(),
				marks: selectorOf(mark, scope.get()),
			}),
		}
	);
	const answer = await asked.done;
	if (answer) motivation.save();
	return answer;
}
