// axe.mjs - every view and every question, light and dark, Dutch and English, wide and at 400 %.
import {cases} from './case.mjs';
import {review, dossier, tab, keys, settled, noFaults, axe, assert} from './harness.mjs';

const files = {
	'besluit.pdf': 'dossier/besluit.pdf',
	'bijlagen/aanvraag.pdf': 'dossier/bijlagen/aanvraag.pdf',
	'nota.odt': 'dossier/vergadering/nota.odt',
	'notitie.txt': 'dossier/notitie.txt',
	'foto.pdf': 'unread/foto.pdf',
};
const there = dossier(files);
const QUESTIONS = {
	ground: 'g',
	same: 'A',
	search: '/',
	help: '?',
	settings: ',',
	judge: 'd',
	data: 'm',
	comment: 'c',
	page: 'w',
};

async function look(page, what) {
	await settled(page);
	await axe(page, what);
	assert.equal(
		await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth + 1),
		true,
		`${what}: scrolls in two directions`
	);
}

async function all(page) {
	await look(page, 'marks');
	for (const [what, key] of [
		['preview', 'p'],
		['back', 'p'],
		['side by side', 's'],
		['back', 's'],
		['persons', '2'],
		['overview', '3'],
		['second', '4'],
		['review', '1'],
	]) {
		await keys(page, key);
		await look(page, what);
	}
	for (const [what, key] of Object.entries(QUESTIONS)) {
		await keys(page, key);
		await page.waitForSelector('dialog[open]');
		await look(page, what);
		const before = await page.evaluate(() => document.querySelectorAll('dialog').length);
		await keys(page, 'Escape');
		await page.waitForFunction(() => !document.querySelector('dialog'));
		assert.equal(before, 1, what);
	}
	for (let i = 0; i < 4; i++) {
		await keys(page, ']');
		await look(page, `document ${i}`);
	}
	await keys(page, 'f');
	await look(page, 'filters');
	noFaults(page);
	await page.context().close();
}

async function fresh(options, settings = {}) {
	const server = await review(there);
	const page = await tab(server, {bypassCSP: true, ...options});
	if (Object.keys(settings).length) {
		await page.evaluate(values => localStorage.setItem('lakwerk', JSON.stringify(values)), settings);
		await page.reload();
		await page.waitForSelector('lw-worklist [role=option]', {state: 'attached'});
	}
	return {page, server};
}

const one = (options, settings) => async () => {
	const {page, server} = await fresh(options, settings);
	try {
		await all(page);
	} finally {
		await server.kill('SIGTERM');
	}
};

await cases({
	'light, Dutch': one({colorScheme: 'light'}),
	'dark, English': one({colorScheme: 'dark'}, {language: 'en'}),
	'at 400 %': one({viewport: {width: 320, height: 256}}),
	'focus comes back after a question': async () => {
		const {page, server} = await fresh({});
		for (const key of Object.values(QUESTIONS)) {
			await page.locator('#worklist').focus();
			await keys(page, key);
			await page.waitForSelector('dialog[open]');
			await keys(page, 'Escape');
			await page.waitForFunction(() => !document.querySelector('dialog'));
			assert.equal(await page.evaluate(() => document.activeElement.id), 'worklist', key);
		}
		await server.kill('SIGTERM');
	},
	'letters can be switched off and given away': async () => {
		const {page, server} = await fresh({}, {letters: false});
		const state = () => page.locator('lw-inspector .head .state').innerText();
		const before = await state();
		await keys(page, 'r', 'a');
		await settled(page);
		assert.equal(await state(), before, 'a letter did something');
		assert.equal(await page.locator('lw-inspector kbd').count(), 0);
		await page.evaluate(() =>
			localStorage.setItem(
				'lakwerk',
				JSON.stringify({letters: true, keys: {reject: 'x'}, advance: false})
			)
		);
		await page.reload();
		await page.waitForSelector('lw-worklist [role=option]', {state: 'attached'});
		await keys(page, 'r');
		await settled(page);
		assert.equal(await state(), before, 'the old key still works');
		await keys(page, 'x');
		await settled(page);
		assert.match(await state(), /laten staan/);
		await server.kill('SIGTERM');
	},
});
