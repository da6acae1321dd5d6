// words.js - everything the page says, in Dutch and English. {name} is a value; a key that ends in 1 is for one.
import {nl} from './words-nl.js';
import {en} from './words-en.js';

let words = nl;
let lang = 'nl';

export function speak(language) {
	lang = language === 'en' ? 'en' : 'nl';
	words = lang === 'en' ? en : nl;
	document.documentElement.lang = lang;
}

export const language = () => lang;

export function t(key, values = {}) {
	const text = (values.n === 1 && words[key + '1']) || words[key];
	if (text === undefined) throw new Error(`no words for ${key}`);
	return text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? '');
}

export const number = value => new Intl.NumberFormat(lang).format(value);
export const percent = value =>
	new Intl.NumberFormat(lang, {style: 'percent', maximumFractionDigits: 1}).format(value);
export const date = value =>
	value ? new Intl.DateTimeFormat(lang, {dateStyle: 'medium'}).format(new Date(value)) : '';
export const time = value =>
	value
		? new Intl.DateTimeFormat(lang, {dateStyle: 'medium', timeStyle: 'short'}).format(new Date(value))
		: '';
