// dialog.js - a question that takes the screen for a moment, and the parts it is made of.
// It is a promise: what was answered, or null.
import {h} from './dom.js';
import {t} from './words.js';

/** Shows a form; answer() gives what the confirming button stands for. */
export function dialog(title, parts, {confirm, answer, wide, first, check} = {}) {
	const element = h('dialog', {'aria-labelledby': 'dialog-title'});
	element.classList.toggle('wide', Boolean(wide));
	const done = Promise.withResolvers ? Promise.withResolvers() : resolvers();
	const finish = value => {
		element.close();
		done.resolve(value);
	};
	const problem = h('p.problem', {role: 'alert'});
	const form = h(
		'form',
		{
			method: 'dialog',
			onsubmit: event => {
				event.preventDefault();
				const wrong = check?.();
				problem.textContent = wrong || '';
				if (!wrong) finish(answer ? answer() : true);
			},
		},
		h('h2', {id: 'dialog-title'}, title),
		h('div.body', {}, parts),
		problem,
		h(
			'footer',
			{},
			h(
				'button',
				{type: 'button', onclick: () => finish(null)},
				confirm ? t('cancel') : t('close')
			),
			confirm && h('button.primary', {type: 'submit', data: {confirm: true}}, confirm)
		)
	);
	element.append(form);
	element.addEventListener('cancel', () => done.resolve(null));
	element.addEventListener('close', () => element.remove());
	document.body.append(element);
	element.showModal();
	(
		first ||
		form.querySelector('[autofocus]') ||
		form.querySelector('input, select, textarea, button')
	)?.focus();
	return {element, done: done.promise, finish};
}

function resolvers() {
	const all = {};
	all.promise = new Promise((resolve, reject) => Object.assign(all, {resolve, reject}));
	return all;
}

export const field = (label, input, note) =>
	h('label.field', {}, h('span', {}, label), input, note && h('small', {}, note));

export const choice = (values, chosen, properties = {}) =>
	h(
		'select',
		properties,
		values.map(([value, label]) =>
			h('option', {value, selected: String(value) === String(chosen ?? '')}, label)
		)
	);

export const check = (label, properties = {}) => {
	const input = h('input', {type: 'checkbox', ...properties});
	return Object.assign(h('label.check', {}, input, h('span', {}, label)), {input});
};

/** Buttons of which one is chosen. */
export function radios(name, label, values, chosen, onchange) {
	const inputs = values.map(([value, text]) => [
		h('input', {type: 'radio', name, value, checked: value === chosen, onchange}),
		text,
	]);
	const group = h(
		'fieldset.radios',
		{},
		h('legend', {}, label),
		inputs.map(([input, text]) => h('label.check', {}, input, h('span', {}, text)))
	);
	return Object.assign(group, {get: () => inputs.find(([input]) => input.checked)?.[0].value ?? chosen});
}
