// publish.mjs - from open to published with the keyboard alone: one person decides, another reads after and publishes;
// who may not is refused, and what stands in the way is shown with the way to it.
import {execFileSync} from 'node:child_process';
import {cases} from './case.mjs';
import {
	review,
	office,
	dossier,
	tab,
	keys,
	settled,
	noFaults,
	ask,
	act,
	axe,
	until,
	text,
	run,
	folder,
	assert,
	fs,
	path,
} from './harness.mjs';

const there = dossier({
	'besluit.pdf': 'dossier/besluit.pdf',
	'bijlagen/aanvraag.pdf': 'dossier/bijlagen/aanvraag.pdf',
	'mail/tellingen.pdf': 'dossier/mail/tellingen.pdf',
	'notitie.txt': 'dossier/notitie.txt',
	'regels.txt': {text: 'Algemene regels voor het verkeer.\n\nDe weg is nat.\n'},
});
const out = folder(),
	key = path.join(folder(), 'sleutel');
assert.equal(run('keygen', key).status, 0);
await (await review(there)).kill('SIGTERM');
const server = await office(there, '-o', out, '--key', key);
const anna = await tab(server, {user: 'anna', bypassCSP: true});
let bas;

const counts = async () => (await ask(anna, '')).marks;
const publishing = page => ask(page, 'job');
/** Begins a publication as a script would. */
const begin = (page, folder, since = '') =>
	page.evaluate(async query => {
		const answer = await fetch('/api/v1/dossiers/dossier/publishing?' + query, {
			method: 'POST',
			headers: {'Content-Type': 'application/json'},
			body: '{}',
		});
		return {status: answer.status, ...(await answer.json())};
	}, String(new URLSearchParams({folder, since})));
const ended = page =>
	until('the end of the publication', async () => {
		const job = await publishing(page);
		return job.state !== 'running' && job;
	}, 60000);

/** Tab until something has the focus; nobody may have to go round more than once. */
async function tabTo(page, selector) {
	for (let i = 0; i < 300; i++) {
		if (await page.evaluate(at => document.activeElement?.matches(at), selector)) return;
		await keys(page, 'Tab');
	}
	assert.fail(`the keyboard does not reach ${selector}`);
}

await cases({
	'the first is officer, and gives out roles from the page': async () => {
		await keys(anna, '3');
		await anna.waitForSelector('lw-publish h3');
		for (const [who, downs] of [
			['bas', 1],
			['carla', 0],
		]) {
			await tabTo(anna, '[data-key=reviewer]');
			await keys(anna, 'Enter');
			await anna.waitForSelector('dialog[open]');
			await anna.keyboard.type(who);
			await tabTo(anna, 'dialog select');
			for (let i = 0; i < downs; i++) await keys(anna, 'ArrowDown');
			await tabTo(anna, 'dialog [data-confirm]');
			await keys(anna, 'Enter');
			await until('the role', async () =>
				(await ask(anna, 'reviewers')).reviewers.some(each => each.reviewer === who)
			);
			await settled(anna);
		}
		const roles = Object.fromEntries(
			(await ask(anna, 'reviewers')).reviewers.map(each => [each.reviewer, each.role])
		);
		assert.deepEqual(roles, {anna: 'officer', bas: 'approver', carla: 'reviewer'});
	},
	'what stands in the way is said, and leads there': async () => {
		const answer = await begin(anna, 'te-vroeg');
		assert.equal(answer.status, 422, JSON.stringify(answer));
		assert.equal(await anna.locator('lw-publish form').count(), 0, 'a form, though not ready');
		const {obstacles} = await ask(anna, 'obstacles');
		assert.deepEqual(
			obstacles.map(each => each.code).filter(code => ['open', 'unsigned'].includes(code)),
			['open', 'unsigned']
		);
		await tabTo(anna, '[data-key=obstacle-open]');
		await keys(anna, 'Enter');
		await anna.waitForSelector('#worklist [aria-selected=true]');
		assert.equal(
			await anna.evaluate(() => document.querySelector('#worklist [aria-selected=true]').dataset.mark),
			obstacles.find(each => each.code === 'open').mark
		);
		assert.ok(!fs.readdirSync(out).length, 'something was written');
	},
	'thirty marks and more, one by one': async () => {
		const before = await counts();
		assert.ok(before.open >= 30, `${before.open} marks`);
		let decided = 0;
		for (; decided < 200; decided++) {
			const {open} = await counts();
			if (!open) break;
			await keys(anna, decided % 9 === 8 ? 'r' : 'a');
			await anna.waitForTimeout(20);
			if (await anna.locator('dialog[open]').count()) {
				await tabTo(anna, 'dialog [data-confirm]');
				await keys(anna, 'Enter');
			}
			await until('one less', async () => (await counts()).open < open);
		}
		assert.ok(decided >= 20, `${decided} keys`);
		assert.equal((await counts()).open, 0);
		noFaults(anna);
	},
	'what is readable elsewhere goes there too': async () => {
		await keys(anna, '3');
		await anna.waitForSelector('lw-publish h3');
		for (let i = 0; i < 60; i++) {
			const open = (await ask(anna, 'consistency')).items.filter(each => !each.decided);
			if (!open.length) break;
			await settled(anna);
			await anna.locator('[data-key^="there-"]').first().press('Enter');
			await until(
				'one item less',
				async () => (await ask(anna, 'consistency')).items.filter(each => !each.decided).length < open.length
			);
		}
		assert.deepEqual(
			(await ask(anna, 'consistency')).items.filter(each => !each.decided),
			[]
		);
	},
	'another reads after, and signs': async () => {
		bas = await tab(server, {user: 'bas', bypassCSP: true});
		await keys(bas, '4');
		await bas.waitForSelector('lw-second [data-key=draw]');
		await tabTo(bas, '[data-key=draw]');
		await keys(bas, 'Enter');
		await bas.waitForSelector('dialog[open]');
		await tabTo(bas, 'dialog [data-confirm]');
		await keys(bas, 'Enter');
		await bas.waitForSelector('lw-second .sample');
		for (const {document, page} of (await ask(bas, 'sample')).pages) {
			await settled(bas);
			await tabTo(bas, `[data-key="clean-${document}-${page}"]`);
			await keys(bas, 'Enter');
			await until('the result', async () =>
				(await ask(bas, 'sample')).pages.some(
					each => each.document === document && each.page === page && each.result === 'clean'
				)
			);
		}
		await settled(bas);
		await tabTo(bas, '[data-key=sign]');
		await keys(bas, 'Enter');
		await until('signed', async () => (await ask(bas, '')).signed?.valid);
		assert.deepEqual((await ask(bas, 'obstacles')).obstacles, []);
	},
	'who only reviews does not publish': async () => {
		const carla = await tab(server, {user: 'carla'});
		await keys(carla, '3');
		await carla.waitForSelector('lw-publish .good');
		assert.equal(await carla.locator('lw-publish form').count(), 0);
		assert.equal((await begin(carla, 'van-carla')).status, 403);
		noFaults(carla);
		await carla.context().close();
	},
	'a folder is a name, not a path': async () => {
		for (const name of ['../buiten', '/tmp/x', '.verborgen', '', 'a\u202eb', 'x'.repeat(101), '-rf'])
			assert.equal((await begin(bas, name)).status, 400, name);
		assert.equal((await begin(bas, 'goed', 'nooit')).status, 404);
		bas.faults.length = 0; // those were meant
		assert.deepEqual(fs.readdirSync(out), []);
	},
	'published from the page': async () => {
		await keys(bas, '3');
		await bas.waitForSelector('lw-publish form');
		await axe(bas, 'ready to publish');
		await tabTo(bas, '[data-key=publish]');
		await keys(bas, 'Enter');
		const job = await ended(bas);
		assert.equal(job.state, 'done', JSON.stringify(job));
		assert.equal(job.by, 'bas');
		assert.equal(job.folder, 'dossier-openbaar');
		assert.equal(job.answer.written, 5);
		await bas.waitForSelector('lw-publish .result');
		assert.match(await text(bas, 'lw-publish .result'), /5 documenten gepubliceerd/);
		assert.ok((await text(bas, 'lw-publish .result')).includes(path.join(out, job.folder)));
		await axe(bas, 'published');
		const files = fs.readdirSync(path.join(out, job.folder));
		assert.ok(files.includes('inventarislijst.csv') && files.includes('redaction-log.jsonl'), files.join());
		const audit = run('audit', path.join(out, job.folder, 'redaction-log.jsonl'), '--key', key + '.pub');
		assert.equal(audit.status, 0, audit.err + audit.out);
		const words = files
			.filter(file => /\.(pdf|txt)$/.test(file))
			.map(file => path.join(out, job.folder, file))
			.map(file => (file.endsWith('.pdf') ? execFileSync('pdftotext', [file, '-'], {encoding: 'utf8'}) : fs.readFileSync(file, 'utf8')))
			.join('\n');
		assert.ok(words.includes('verkeer'), 'nothing can be read at all');
		const {marks} = await ask(bas, 'marks?decision=accepted&limit=5000');
		for (const secret of new Set(marks.filter(each => each.kind === 'bsn' || each.kind === 'iban').map(each => each.text)))
			assert.ok(!words.includes(secret), 'a number can still be read');
		noFaults(bas);
	},
	'the record says who published, and nobody takes that back': async () => {
		const {publications} = await ask(anna, 'publications');
		assert.deepEqual(
			publications.map(each => [each.by, each.folder]),
			[['bas', 'dossier-openbaar']]
		);
		assert.equal((await act(anna, {act: 'undo', event: publications[0].event})).status, 422);
		assert.ok((await ask(bas, '')).signed.valid, 'publishing takes the signature away');
		await keys(anna, '2', '3');
		await anna.waitForSelector('lw-overview .events li');
		await settled(anna);
		assert.match(await text(anna, 'lw-overview .events li:first-child'), /gepubliceerd · dossier-openbaar/);
		assert.equal(await anna.locator('lw-overview .events li:first-child button').count(), 0);
	},
	'again, with what changed since': async () => {
		const [first, second] = await Promise.all([
			begin(bas, 'tweede', 'dossier-openbaar'),
			begin(anna, 'derde', 'dossier-openbaar'),
		]);
		assert.deepEqual([first.status, second.status].sort(), [202, 409], 'two at once');
		const job = await ended(bas);
		assert.equal(job.state, 'done', JSON.stringify(job));
		assert.equal(job.answer.written, 0);
		assert.equal(job.answer.unchanged, 5);
		assert.equal((await begin(bas, 'dossier-openbaar')).status, 202);
		const taken = await ended(bas);
		assert.equal(taken.state, 'failed', 'an earlier publication was overwritten');
		assert.match(taken.answer.message, /bestaat/);
		await keys(bas, '2', '3');
		await bas.waitForSelector('lw-publish .problem');
		noFaults(bas);
	},
});
