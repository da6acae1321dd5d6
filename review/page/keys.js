// keys.js - commands and the keys that start them. Letters can be switched off or given away (WCAG 2.1.4).
import {settings} from './settings.js';

/** name: [key, group]. The label is words 'do.NAME'. */
export const COMMANDS = {
	nextOpen: ['n', 'move'],
	next: ['j', 'move'],
	previous: ['k', 'move'],
	nextDocument: [']', 'move'],
	previousDocument: ['[', 'move'],
	accept: ['a', 'decide'],
	reject: ['r', 'decide'],
	ground: ['g', 'decide'],
	same: ['A', 'decide'],
	reopen: ['o', 'decide'],
	undo: ['u', 'decide'],
	judge: ['d', 'decide'],
	comment: ['c', 'decide'],
	text: ['t', 'add'],
	box: ['b', 'add'],
	extent: ['e', 'add'],
	page: ['w', 'add'],
	search: ['/', 'add'],
	preview: ['p', 'look'],
	beside: ['s', 'look'],
	larger: ['+', 'look'],
	smaller: ['-', 'look'],
	review: ['1', 'look'],
	persons: ['2', 'look'],
	overview: ['3', 'look'],
	second: ['4', 'look'],
	describe: ['m', 'decide'],
	filter: ['f', 'look'],
	settings: [',', 'look'],
	help: ['?', 'look'],
};

export const keyOf = name => settings.keys[name] ?? COMMANDS[name][0];

const isField = target =>
	target.closest?.('input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]');

export function listen(run) {
	document.addEventListener('keydown', event => {
		if (event.defaultPrevented || event.isComposing || document.querySelector('dialog[open]')) return;
		if ((event.ctrlKey || event.metaKey) && event.key === 'z' && !isField(event.target)) {
			event.preventDefault();
			run('undo');
			return;
		}
		if (event.ctrlKey || event.metaKey || event.altKey || isField(event.target) || !settings.letters)
			return;
		const name = Object.keys(COMMANDS).find(command => keyOf(command) === event.key);
		if (!name) return;
		event.preventDefault();
		run(name);
	});
}
