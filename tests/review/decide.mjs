// decide.mjs - deciding without a mouse: thirty marks and more, grounds, all same, undo, persons, search, and
// what remains after a kill.
import {cases} from './case.mjs';
import {review, dossier, tab, keys, settled, noFaults, ask, act, until, text, assert} from './harness.mjs';

const files = {
	'besluit.pdf': 'dossier/besluit.pdf',
	'tellingen.pdf': 'dossier/mail/tellingen.pdf',
	'verslag.pdf': 'dossier/vergadering/verslag.pdf',
	'nota.odt': 'dossier/vergadering/nota.odt',
	'notitie.txt': 'dossier/notitie.txt',
};
const there = dossier(files);
let server = await review(there),
	page = await tab(server);
const counts = async () => (await ask(page, '')).marks;
const settings = values => page.evaluate(each => localStorage.setItem('lakwerk', JSON.stringify(each)), values);
const again = async () => {
	await page.reload();
	await page.waitForSelector('lw-worklist [role=option]', {state: 'attached'});
	await settled(page);
};
const chosen = () => page.evaluate(() => document.querySelector('#worklist [aria-selected=true]')?.dataset.mark);

/** The page knows what the server knows: before that it would be told of a conflict, and a key is lost. */
const caughtUp = () =>
	until('the page follows', async () => {
		const {accepted, rejected} = await counts();
		return (await page.locator('.progress progress').first().evaluate(bar => bar.value)) === accepted + rejected;
	});

/** A letter of the keyboard; a question that comes is answered with Enter. */
async function press(key) {
	await keys(page, key);
	await page.waitForTimeout(30);
	if (await page.locator('dialog[open]').count())
		await page.locator('dialog[open] [data-confirm]').press('Enter');
}

await cases({
	'forward and back through the marks': async () => {
		const first = await chosen();
		await keys(page, 'j', 'j', 'k', 'k');
		assert.equal(await chosen(), first);
		await keys(page, 'j');
		assert.notEqual(await chosen(), first);
	},
	'a ground is changed, with a motivation': async () => {
		const id = await chosen();
		await keys(page, 'g');
		await page.waitForSelector('dialog[open]');
		await page.locator('dialog [role=searchbox]').focus();
		await page.keyboard.type('5.1.2.i');
		await keys(page, 'ArrowDown', 'Space');
		await page.locator('#motivation').focus();
		await page.keyboard.type('Het functioneren van de gemeente weegt hier zwaarder.');
		await page.locator('dialog [data-confirm]').press('Enter');
		const mark = await until('the ground', async () => {
			const now = await ask(page, `marks/${id}`);
			return now.motivation && now;
		});
		assert.ok(mark.grounds.includes('5.1.2.i'), mark.grounds.join());
		assert.match(mark.motivation, /functioneren/);
	},
	'no approval without a ground': async () => {
		const id = await chosen();
		await keys(page, 'g');
		await page.waitForSelector('dialog[open]');
		while (await page.locator('dialog .grounds input:checked').count())
			await page.locator('dialog .grounds input:checked').first().press('Space');
		await page.locator('dialog [data-confirm]').press('Enter');
		assert.match(await text(page, 'dialog .problem'), /grondslag/);
		await keys(page, 'Escape');
		assert.equal(
			(await act(page, {act: 'ground', marks: {ids: [id]}, grounds: ['5.1.1.e', '5.1.5']}))
				.status,
			422,
			'grounds that cannot stand together'
		);
	},
	'undo takes back the last, also when it was many': async () => {
		const before = await counts();
		await keys(page, 'a');
		await until(
			'one accepted',
			async () =>
				(await counts()).accepted === before.accepted + 1 ||
				(await counts()).accepted > before.accepted
		);
		await caughtUp();
		await keys(page, 'u');
		await until('as before', async () => (await counts()).accepted === before.accepted);
		await caughtUp();
		await keys(page, 'A');
		await page.waitForSelector('dialog .hits li');
		await page.locator('dialog [data-confirm]').press('Enter');
		const many = await until('many accepted', async () => {
			const now = await counts();
			return now.accepted > before.accepted && now.accepted - before.accepted;
		});
		assert.ok(many >= 1);
		await keys(page, 'u');
		await until('all back', async () => (await counts()).accepted === before.accepted);
		await caughtUp();
	},
	'no key is lost while the marks are read anew': async () => {
		const before = await counts();
		let asked = 0, slow = true;
		await page.route('**/marks?document=*', async route => {
			asked++;
			if (slow)
				await new Promise(resolve => setTimeout(resolve, 700));
			await route.continue();
		});
		await act(page, {act: 'comment', text: 'Van een ander venster.'});
		await until('the page reads', async () => asked);
		const id = await chosen();
		await keys(page, 'a');
		await until('accepted', async () => (await counts()).accepted === before.accepted + 1, 5000);
		await until('read', async () => (await ask(page, `marks/${id}`)).decision === 'accepted');
		slow = false; // not unroute(): it answers a request that is still held
		await caughtUp();
		await keys(page, 'u');
		await until('as before', async () => (await counts()).accepted === before.accepted);
		await caughtUp();
	},
	'undo also takes back what was done before the page was opened': async () => {
		const before = await counts();
		await keys(page, 'r');
		await until('rejected', async () => (await counts()).rejected > before.rejected);
		await again();
		await caughtUp();
		await keys(page, 'u');
		await until('as before', async () => (await counts()).rejected === before.rejected);
		await caughtUp();
	},
	'search and redact, with one hit left out': async () => {
		const before = await counts();
		await keys(page, '/');
		await page.waitForSelector('dialog[open]');
		await page.keyboard.type('gemeente');
		await keys(page, 'Enter');
		await page.waitForSelector('dialog .hits li');
		const hits = await page.locator('dialog .hits li').count();
		assert.ok(hits >= 2, `${hits} hits`);
		await page.locator('dialog .hits input:not([disabled])').first().press('Space');
		const free = await page.locator('dialog .hits input:not([disabled])').count();
		await page.locator('dialog [data-confirm]').press('Enter');
		await until('marks added', async () => (await counts()).accepted === before.accepted + free - 1);
		await keys(page, 'u');
		await until('taken back', async () => (await counts()).accepted === before.accepted);
	},
	'search with an expression in this document': async () => {
		await keys(page, '/');
		await page.waitForSelector('dialog[open]');
		await page.keyboard.type('[A-Z][a-z]{4,}');
		await page.locator('dialog .check input').nth(0).press('Space');
		await page.locator('dialog .check input').nth(1).press('Space');
		await page.locator('dialog [role=searchbox]').first().press('Enter');
		await page.waitForSelector('dialog .hits li');
		await keys(page, 'Escape');
	},
	'text is chosen with the arrows and added': async () => {
		const before = (await ask(page, 'marks?origin=added')).count;
		await keys(page, 't');
		await page.waitForSelector('[data-picking=text]');
		await keys(page, 'ArrowDown', 'ArrowRight', 'Shift+ArrowRight', 'Enter');
		await page.waitForSelector('dialog[open]');
		await page.locator('dialog [data-confirm]').press('Enter');
		await until('added', async () => (await ask(page, 'marks?origin=added')).count === before + 1);
		const [mark] = (await ask(page, 'marks?origin=added')).marks;
		assert.match(mark.text, /\S\s\S/, 'two words');
		await keys(page, 'Escape');
	},
	'the extent of a mark is changed with the arrows': async () => {
		const [mark] = (await ask(page, 'marks?origin=added')).marks;
		await settled(page);
		assert.equal(await chosen(), mark.id, 'what was added is chosen');
		await keys(page, 'e');
		await page.waitForSelector('[data-picking=extent]');
		await keys(page, 'ArrowRight', 'Enter');
		await until(
			'longer',
			async () => (await ask(page, 'marks?origin=added')).marks[0]?.length > mark.length
		);
	},
	'every key has a button in the help, and every question ends with Escape': async () => {
		await keys(page, '?');
		assert.ok((await page.locator('dialog .commands button').count()) >= 25);
		await keys(page, 'Escape');
		await until('closed', async () => (await page.locator('dialog').count()) === 0);
	},
	'thirty marks and more, without a mouse, to the last': async () => {
		await settings({advance: true});
		await again();
		const {open} = await counts();
		assert.ok(open >= 30, `${open} marks`);
		for (let i = 0; i < 2 * open && (await page.locator('lw-documents .unread').count()); i++) {
			await press(i % 5 === 4 ? 'r' : 'a');
			await settled(page);
			if (
				(await page
					.locator('#worklist [aria-selected=true][data-decision=open]')
					.count()) === 0
			)
				await press('n');
		}
		await until('nothing is open', async () => (await counts()).open === 0);
		const now = await counts();
		assert.ok(now.accepted > 0 && now.rejected > 0, JSON.stringify(now));
		noFaults(page);
	},
	'the preview shows the page without what was accepted': async () => {
		const {marks} = await ask(page, 'marks?document=1&decision=accepted&limit=1');
		await page.evaluate(() => document.querySelector('lw-documents [role=option]').click());
		await settled(page);
		await keys(page, 's');
		await page.waitForFunction(
			() => document.querySelector('.side.published img')?.naturalWidth > 0,
			null,
			{timeout: 30000}
		);
		const ink = await page.evaluate(async box => {
			const share = image => {
				const canvas = new OffscreenCanvas(image.naturalWidth, image.naturalHeight),
					pen = canvas.getContext('2d');
				pen.drawImage(image, 0, 0);
				const size = document
						.querySelector('.side')
						.style.aspectRatio.split('/')
						.map(Number),
					x = image.naturalWidth / size[0];
				const data = pen.getImageData(
					box.x0 * x + 1,
					box.y0 * x + 1,
					(box.x1 - box.x0) * x - 2,
					(box.y1 - box.y0) * x - 2
				).data;
				let dark = 0;
				for (let i = 0; i < data.length; i += 4) dark += data[i] < 128;
				return dark / (data.length / 4);
			};
			return [
				share(document.querySelector('.side.original img')),
				share(document.querySelector('.side.published img')),
			];
		}, marks[0].boxes[0]);
		assert.ok(ink[0] < 0.5 && ink[1] > 0.5, `dark before ${ink[0]}, after ${ink[1]}`);
		await keys(page, 's');
	},
	'kill -9 and go on: what was confirmed is there': async () => {
		const before = await counts();
		const [one] = (await ask(page, 'marks?decision=accepted&limit=1')).marks;
		const confirmed = await act(page, {act: 'reopen', marks: {ids: [one.id]}});
		assert.equal(confirmed.status, 200);
		const busy = page
			.evaluate(async id => {
				for (let i = 0; ; i++)
					await fetch('/api/v1/dossiers/dossier/acts', {
						method: 'POST',
						headers: {'Content-Type': 'application/json'},
						body: JSON.stringify({
							act: 'comment',
							mark: id,
							text: `opmerking ${i}`,
						}),
					}).then(answer => answer.ok && (window.last = i));
			}, one.id)
			.catch(() => {});
		await page.waitForTimeout(300);
		const last = await page.evaluate(() => window.last);
		await server.kill('SIGKILL');
		await busy;
		server = await review(there);
		page = await tab(server);
		const now = await counts();
		assert.deepEqual(
			{open: now.open, accepted: now.accepted},
			{open: before.open + confirmed.count, accepted: before.accepted - confirmed.count}
		);
		const {comments} = await ask(page, 'comments');
		assert.ok(
			comments.some(each => each.text === `opmerking ${last}`),
			`opmerking ${last} is lost`
		);
	},
	'one card, one decision': async () => {
		await keys(page, '2');
		await page.waitForSelector('lw-persons .card');
		const {cards} = await ask(page, 'cards');
		const card = [...cards].sort(
			(a, b) => b.accepted + b.rejected + b.open - (a.accepted + a.rejected + a.open)
		)[0];
		assert.ok(card.spellings.length >= 2, JSON.stringify(card));
		assert.equal((await act(page, {act: 'reopen', marks: {card: card.card}, overwrite: true})).status, 200);
		await settled(page);
		await page.locator(`[data-key="reject-${card.card}"]`).press('Enter');
		await page.waitForSelector('dialog .hits li');
		assert.equal(
			await page.locator('dialog .hits li').count(),
			(await act(page, {act: 'reject', marks: {card: card.card}, preview: true})).count,
			'every mention is shown'
		);
		await keys(page, 'Enter');
		await until(
			'decided',
			async () =>
				(await ask(page, 'cards')).cards.find(each => each.card === card.card).open === 0
		);
		noFaults(page);
	},
});
