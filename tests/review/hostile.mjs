// hostile.mjs - names and texts that want to be markup, turn text around or break the layout: shown, and harmless.
import {cases} from './case.mjs';
import {review, dossier, tab, keys, settled, noFaults, axe, assert, ask} from './harness.mjs';

const SCRIPT = '<script>window.hit = 1<\u2215script><img src=x onerror="window.hit=2">',
	BIDI = 'factuur\u202Efdp.txt',
	LONG = 'x'.repeat(250);
const files = {
	[`${SCRIPT.replaceAll('/', '\u2215')}.txt`]: {
		text: 'Mevrouw <b onmouseover="window.hit=3">Jansen</b> <script>window.hit=4</script> heeft BSN 123456782.\n"></span><svg onload="window.hit=5">\n',
	},
	[BIDI]: {text: 'De heer \u202Enesnaj\u202C, BSN 123456782, belt 06-12345678. \u2067abc\u2069\n'},
	[`${'y'.repeat(60)}/${LONG}.txt`]: {text: `Mevrouw De Vries. ${'z'.repeat(5000)} BSN 123456782.\n`},
	'kapot.pdf': {text: '%PDF-1.7\nkapot\n'},
	'leeg.txt': {text: ''},
};
const server = await review(dossier(files));
const page = await tab(server);
page.on('dialog', () => page.faults.push('a dialog opened'));

await cases({
	'nothing of a document or a name becomes markup': async () => {
		const {documents} = await ask(page, 'documents');
		assert.ok(documents.length >= 4, 'documents are there');
		for (let i = 0; i < documents.length; i++) {
			await keys(page, 's', ']');
			await settled(page);
			await keys(page, 'g');
			await settled(page);
			await keys(page, 'Escape');
		}
		for (const view of ['2', '3', '4', '1']) {
			await keys(page, view);
			await settled(page);
		}
		assert.equal(await page.evaluate(() => window.hit), undefined);
		assert.equal(
			await page.evaluate(
				() => document.querySelectorAll('script:not([src]), img:not([alt]), svg, b').length
			),
			0
		);
		noFaults(page);
	},
	'names are shown as they are, and cannot turn round': async () => {
		const names = await page.locator('lw-documents .name').allInnerTexts();
		assert.ok(
			names.some(name => name.includes('<script>')),
			names.join(' | ')
		);
		assert.ok(
			names.some(name => name.includes('factuur\u2423fdp.txt')),
			'a mark of direction is a visible sign'
		);
		assert.ok(!names.some(name => /[\u202a-\u202e\u2066-\u2069]/.test(name)));
	},
	'long names do not break the page': async () => {
		const wide = await page.evaluate(() =>
			document.documentElement.scrollWidth <= innerWidth
				? []
				: [...document.querySelectorAll('body *')]
						.filter(each => each.getBoundingClientRect().right > innerWidth + 1)
						.map(each => `${each.tagName}.${each.className}`)
		);
		assert.deepEqual(wide, []);
		await axe(page, 'hostile dossier');
	},
	'what cannot be read is said, not hidden': async () => {
		const refused = page.locator('lw-documents .refused');
		assert.ok((await refused.count()) >= 1);
		await refused.first().click();
		await settled(page);
		assert.match(await page.locator('lw-sheet .note').innerText(), /kan niet worden getoond/i);
		assert.match(await page.locator('lw-sheet > .warnings').innerText(), /Niet openbaar of Reeds openbaar/);
		assert.equal(await page.locator('.said.wrong:visible').count(), 0, 'a complaint besides');
		noFaults(page);
	},
	'the page forbids markup from text': async () => {
		assert.equal(
			await page.evaluate(() => {
				try {
					document.body.lastChild.innerHTML = '<i>x</i>';
					return 'let through';
				} catch (problem) {
					return problem.name;
				}
			}),
			'TypeError'
		);
	},
});
