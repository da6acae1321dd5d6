// dom.js - elements from plain values. Invariant: text of documents becomes a text node, never markup.

/** h('button.primary', {onclick}, 'text', child…): a tag with classes, properties or attributes, and children. */
export function h(tag, properties, ...children) {
	const [name, ...classes] = tag.split('.');
	const element = document.createElement(name);
	if (classes.length) element.className = classes.join(' ');
	for (const [key, value] of Object.entries(properties || {})) set(element, key, value);
	append(element, children);
	return element;
}

function set(element, key, value) {
	if (value === undefined || value === null || value === false) return;
	if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
	else if (key === 'style') for (const [name, v] of Object.entries(value)) element.style.setProperty(name, v);
	else if (key === 'data')
		for (const [name, v] of Object.entries(value).filter(
			([, given]) => given !== undefined && given !== null
		))
			element.dataset[name] = v;
	else if (key in element && !['list', 'form', 'role'].includes(key) && !key.startsWith('aria'))
		element[key] = value;
	else element.setAttribute(key, value === true ? '' : value);
}

export function append(element, children) {
	for (const child of children.flat(Infinity))
		if (child !== null && child !== undefined && child !== false) element.append(child);
}

/** Replaces what is in an element. */
export function fill(element, ...children) {
	element.replaceChildren();
	append(element, children);
	return element;
}

/** Text of a document or a file name: its own direction, and marks that turn text around made visible. */
export function foreign(text, tag = 'bdi') {
	return h(tag, {dir: tag === 'bdi' ? undefined : 'auto'}, harmless(text));
}

/** Controls and marks of direction become a visible sign, so that a name cannot pose as another. */
export function harmless(text) {
	return String(text ?? '')
		.replaceAll('\f', '\n')
		.replace(
			/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g,
			'\u2423'
		);
}

/** What stands before a place, from the beginning of a word. */
export const lead = (text, most = 60) => {
	const near = harmless(text ?? '').slice(-most);
	return near.length < Math.min(most, 34) ? near : near.replace(/^\S*\s+/, '… ');
};

/** What stands after a place, to the end of a word. */
export const tail = (text, most = 60) => {
	const near = harmless(text ?? '').slice(0, most);
	return near.length < Math.min(most, 34) ? near : near.replace(/\s+\S*$/, ' …');
};

/** What a list says that has nothing in it. */
export const nothing = text =>
	h('li.empty', {role: 'option', 'aria-disabled': 'true', 'aria-selected': 'false'}, text);

/** Code points, which the offsets of the dossier count. */
export const points = text => Array.from(text);

let timer;

/** Tells a screen reader, and nobody else. */
export function announce(text) {
	const region = document.getElementById('announcements');
	if (!region) return;
	region.textContent = '';
	clearTimeout(timer);
	timer = setTimeout(() => (region.textContent = text), 60);
}

export const debounce = (milliseconds, action) => {
	let waiting;
	return (...all) => {
		clearTimeout(waiting);
		waiting = setTimeout(() => action(...all), milliseconds);
	};
};
