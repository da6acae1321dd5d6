// places.mjs - places on pages: a rectangle on a turned page, words where their ink is, what changed after
// reading again.
import {spawnSync} from 'node:child_process';
import {cases} from './case.mjs';
import {review, dossier, tab, keys, settled, noFaults, ask, until, assert, fs, path, ROOT} from './harness.mjs';

const there = dossier({'notitie.txt': 'dossier/notitie.txt'});
const turn = `
import pikepdf, sys
for angle in (90, 180, 270):
    pdf = pikepdf.open(sys.argv[1])
    pdf.pages[0].Rotate = angle
    pdf.save(f"{sys.argv[2]}/gedraaid-{angle}.pdf")
`;
const turned = spawnSync('/usr/bin/python3', ['-c', turn, path.join(ROOT, 'fixtures/dossier/besluit.pdf'), there], {
	encoding: 'utf8',
});
assert.equal(turned.status, 0, turned.stderr);
let server = await review(there),
	page = await tab(server);

const open = async name => {
	const entry = (await ask(page, 'documents')).documents.find(each => each.name === name);
	await page.locator(`[data-document="${entry.document}"]`).click();
	await page.waitForFunction(
		text => document.querySelector('lw-sheet .name')?.textContent.includes(text),
		name
	);
	await settled(page);
	return entry;
};

/** How much of a box is dark, on the picture that the page shows. */
const ink = (look, box) =>
	page.evaluate(
		async ([which, at]) => {
			const image = document.querySelector(`.side.${which} img`),
				canvas = new OffscreenCanvas(image.naturalWidth, image.naturalHeight),
				pen = canvas.getContext('2d');
			pen.drawImage(image, 0, 0);
			const [width] = document.querySelector('.side').style.aspectRatio.split('/').map(Number),
				x = image.naturalWidth / width;
			const data = pen.getImageData(
				at.x0 * x,
				at.y0 * x,
				Math.max(1, (at.x1 - at.x0) * x),
				Math.max(1, (at.y1 - at.y0) * x)
			).data;
			let dark = 0;
			for (let i = 0; i < data.length; i += 4) dark += data[i] < 128;
			return dark / (data.length / 4);
		},
		[look, box]
	);

await cases({
	'words stand where their ink is, on pages turned any way': async () => {
		for (const angle of [90, 180, 270]) {
			const entry = await open(`gedraaid-${angle}.pdf`);
			await page.waitForFunction(
				() => document.querySelector('.side.original img')?.naturalWidth > 0
			);
			const layer = await ask(page, `documents/${entry.document}/pages/1/layer`);
			const words = layer.words.filter(word => word.text.length > 5);
			assert.ok(words.length > 20);
			let on = 0;
			for (const word of words.slice(0, 40)) on += (await ink('original', word)) > 0.04;
			assert.ok(
				on >= Math.min(40, words.length) * 0.9,
				`${angle}: ${on} of ${Math.min(40, words.length)} words have ink`
			);
			assert.equal(new Set(words.map(word => word.turn)).size, 1);
			assert.equal(await page.locator('.layer span').count(), layer.words.length);
		}
	},
	'a rectangle on a turned page, without a mouse, takes what is under it': async () => {
		const entry = await open('gedraaid-90.pdf');
		await keys(page, 'b');
		await page.waitForSelector('[data-picking=box] .rectangle');
		await keys(page, 'Shift+ArrowDown', 'Shift+ArrowDown', 'ArrowLeft', 'Enter');
		await page.waitForSelector('dialog[open]');
		await page.locator('dialog [data-confirm]').press('Enter');
		const mark = await until(
			'added',
			async () => (await ask(page, `marks?document=${entry.document}&origin=added`)).marks[0]
		);
		assert.equal(mark.boxes.length, 1);
		await settled(page);
		const drawn = await page.evaluate(id => {
			const box = document.querySelector(`.box[data-mark="${id}"]`).getBoundingClientRect(),
				side = document.querySelector('.side.original').getBoundingClientRect();
			const [width] = document.querySelector('.side').style.aspectRatio.split('/').map(Number),
				x = width / side.width;
			return {
				x0: (box.left - side.left) * x,
				y0: (box.top - side.top) * x,
				x1: (box.right - side.left) * x,
				y1: (box.bottom - side.top) * x,
			};
		}, mark.id);
		for (const name of ['x0', 'y0', 'x1', 'y1'])
			assert.ok(
				Math.abs(drawn[name] - mark.boxes[0][name]) < 3,
				`${name}: drawn ${drawn[name]}, kept ${mark.boxes[0][name]}`
			);
		await keys(page, 's');
		await page.waitForFunction(
			() => document.querySelector('.side.published img')?.naturalWidth > 0,
			null,
			{timeout: 30000}
		);
		assert.ok((await ink('original', mark.boxes[0])) < 0.5);
		assert.ok((await ink('published', mark.boxes[0])) > 0.8, 'the box is painted there');
		await keys(page, 's');
		noFaults(page);
	},
	'a rectangle with the mouse': async () => {
		const entry = await open('gedraaid-180.pdf');
		await keys(page, 'b');
		await page.waitForSelector('[data-picking=box]');
		const side = await page.locator('.side.original').boundingBox();
		await page.mouse.move(side.x + 100, side.y + 100);
		await page.mouse.down();
		await page.mouse.move(side.x + 220, side.y + 160, {steps: 4});
		await page.mouse.up();
		await page.waitForSelector('dialog[open]');
		await page.locator('dialog [data-confirm]').press('Enter');
		const [box] = (
			await until(
				'added',
				async () =>
					(await ask(page, `marks?document=${entry.document}&origin=added`)).marks[0]
			)
		).boxes;
		const x = (await ask(page, `documents/${entry.document}`)).page[0].width / side.width;
		assert.ok(Math.abs(box.x0 - 100 * x) < 3 && Math.abs(box.y1 - 160 * x) < 3, JSON.stringify(box));
	},
	'text is chosen with the mouse': async () => {
		const entry = await open('notitie.txt');
		await page.waitForSelector('.paper.original [data-offset]');
		const at = await page.evaluate(() => {
			const piece = [...document.querySelectorAll('.paper.original span[data-offset]')].find(
				each => each.textContent.includes('verkeer')
			);
			const range = document.createRange(),
				from = piece.firstChild.data.indexOf('verkeer');
			range.setStart(piece.firstChild, from);
			range.setEnd(piece.firstChild, from + 'verkeer'.length);
			const {left, right, top, height} = range.getBoundingClientRect();
			return {left, right, y: top + height / 2};
		});
		await page.mouse.move(at.left + 0.5, at.y);
		await page.mouse.down();
		await page.mouse.move(at.right - 0.5, at.y, {steps: 5});
		await page.mouse.up();
		await page.waitForSelector('dialog[open]');
		await page.locator('dialog [data-confirm]').press('Enter');
		const mark = await until(
			'added',
			async () => (await ask(page, `marks?document=${entry.document}&origin=added`)).marks[0]
		);
		assert.equal(mark.text, 'verkeer');
	},
	'after a change only what is new asks for attention, and decisions stay': async () => {
		const entry = await open('notitie.txt');
		await until(
			'seen',
			async () => (await ask(page, `documents/${entry.document}`)).page[0].seen.length > 0
		);
		await keys(page, 'n', 'a');
		await until(
			'decided',
			async () =>
				(await ask(page, `marks?document=${entry.document}&decision=accepted&origin=found`))
					.count > 0
		);
		const kept = (await ask(page, `marks?document=${entry.document}&decision=accepted&origin=found`))
			.marks[0];
		fs.appendFileSync(
			path.join(there, 'notitie.txt'),
			'\nOok mevrouw Annelies Terpstra belde, BSN 999990639.\n'
		);
		// The page finds out by itself, and reads again when somebody asks.
		await page.waitForTimeout(10500);
		await keys(page, 'o');
		await page.waitForSelector('.stale [data-key=scan]', {timeout: 15000});
		assert.match(await page.locator('.stale').innerText(), /1 gewijzigd/);
		await page.locator('.stale [data-key=scan]').press('Enter');
		await until('read again', async () => (await ask(page, 'job')).state === 'done');
		await until('the bar is gone', async () => !(await page.locator('.stale').isVisible()));
		await settled(page);
		await open('notitie.txt');
		const now = await ask(page, `marks?document=${entry.document}`);
		assert.ok(
			now.marks.some(mark => mark.text === kept.text && mark.decision === 'accepted'),
			'the decision stays'
		);
		const fresh = now.marks.filter(mark => mark.delta === 'new');
		assert.ok(
			fresh.some(mark => /Terpstra|999990639/.test(mark.text)),
			JSON.stringify(now.marks.map(mark => [mark.text, mark.delta]))
		);
		assert.ok((await page.locator('#worklist .delta').count()) >= 1);
		noFaults(page);
	},
});
