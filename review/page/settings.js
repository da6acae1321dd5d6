// settings.js - how this browser shows the page. Nothing of a dossier is kept in it.

const KEY = 'lakwerk';
const BEGIN = {language: null, theme: 'auto', letters: true, keys: {}, advance: true, zoom: 1, look: 'marks'};

function load() {
	try {
		return {...BEGIN, ...JSON.parse(localStorage.getItem(KEY) || '{}')};
	} catch {
		return {...BEGIN};
	}
}

export const settings = load();

export function keep(changes) {
	Object.assign(settings, changes);
	try {
		localStorage.setItem(KEY, JSON.stringify(settings));
	} catch {
		// A browser that keeps nothing still shows the page.
	}
	apply();
}

export function apply() {
	document.documentElement.dataset.theme = settings.theme;
}
