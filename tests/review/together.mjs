// together.mjs - an office: several at once, live, without a lost update; and the second reader, to the
// publication.
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
	'aanvraag.pdf': 'dossier/bijlagen/aanvraag.pdf',
	'notitie.txt': 'dossier/notitie.txt',
	'beleid.txt': {text: 'Algemene regels voor het verkeer.\n\nDe weg is nat.\n'},
});
const first = await review(there);
await first.kill('SIGTERM');
const server = await office(there);
const anna = await tab(server, {user: 'anna'}),
	bas = await tab(server, {user: 'bas'});
const counts = async page => (await ask(page, '')).marks;

await cases({
	'who acts is who the proxy says': async () => {
		assert.equal(
			(await act(anna, {act: 'reviewer', reviewer: 'anna', name: 'Anna', role: 'officer'}))
				.status,
			200
		);
		assert.equal(
			(await act(anna, {act: 'reviewer', reviewer: 'bas', name: 'Bas', role: 'approver'})).status,
			200
		);
		assert.equal((await act(bas, {act: 'settings', title: 'Van Bas'})).status, 403, 'only the officer');
	},
	'what one decides the other sees, without asking': async () => {
		const before = await text(bas, '.progress');
		await keys(anna, 'a');
		await until('the other page changes', async () => (await text(bas, '.progress')) !== before, 5000);
		const id = (await ask(anna, 'marks?decision=accepted&limit=1')).marks[0].id;
		await until(
			'the mark changes in the worklist',
			() => bas.locator(`#worklist [data-mark="${id}"][data-decision=accepted]`).count(),
			5000
		);
	},
	'both at once: nothing is lost': async () => {
		const {marks} = await ask(anna, 'marks?decision=open&limit=8'),
			before = await counts(anna);
		const answers = await Promise.all(
			marks.map((mark, i) => act(i % 2 ? anna : bas, {act: 'accept', marks: {ids: [mark.id]}}))
		);
		assert.deepEqual(
			answers.map(each => each.status),
			marks.map(() => 200)
		);
		const now = await counts(anna),
			sum = answers.reduce((all, each) => all + each.count, 0);
		assert.ok(now.accepted - before.accepted <= sum && now.accepted - before.accepted >= marks.length);
	},
	'who looks at something old is told, and changes nothing': async () => {
		const [mark] = (await ask(anna, 'marks?decision=accepted&limit=1')).marks,
			base = (await ask(bas, '')).event;
		assert.equal((await act(anna, {act: 'reject', marks: {ids: [mark.id]}})).status, 200);
		const answer = await act(bas, {act: 'accept', marks: {ids: [mark.id]}, base});
		assert.equal(answer.status, 409);
		assert.equal((await ask(bas, `marks/${mark.id}`)).decision, 'rejected');
		assert.equal(
			(await act(anna, {act: 'accept', marks: {ids: [mark.id]}, overwrite: true})).status,
			200
		);
	},
	'a page that comes back after a lost connection is up to date': async () => {
		await bas.context().setOffline(true);
		const [mark] = (await ask(anna, 'marks?decision=open&limit=1')).marks;
		await act(anna, {act: 'accept', marks: {ids: [mark.id]}});
		await bas.context().setOffline(false);
		const total = await text(anna, '.progress');
		await until(
			'the same progress',
			async () =>
				(await text(bas, '.progress')) === total ||
				(await text(bas, '.progress')) === (await text(anna, '.progress')),
			20000
		);
	},
	'who decided cannot sign; the second reader sees the differences': async () => {
		const {marks} = await ask(anna, 'marks?decision=open');
		if (marks.length)
			assert.equal(
				(await act(anna, {act: 'accept', marks: {decision: 'open'}, grounds: ['5.1.2.e']}))
					.status,
				200
			);
		const carla = await tab(server, {user: 'carla'});
		await act(anna, {act: 'reviewer', reviewer: 'carla', name: 'Carla', role: 'approver'});
		assert.ok([403, 422].includes((await act(anna, {act: 'sign'})).status));
		await keys(carla, '4');
		await carla.waitForSelector('lw-second .decided li');
		assert.match(await text(carla, 'lw-second'), /Herzien|herzien/i);
		assert.equal((await act(carla, {act: 'sign'})).status, 422, 'no sample yet');
		await carla.context().close();
	},
	'sample, result, signature, publication: without a mouse': async () => {
		const dora = await tab(server, {user: 'dora'});
		await act(anna, {act: 'reviewer', reviewer: 'dora', name: 'Dora', role: 'approver'});
		await keys(dora, '4');
		await dora.locator('[data-key=draw]').press('Enter');
		await dora.waitForSelector('dialog[open]');
		await dora.locator('dialog [data-confirm]').press('Enter');
		await dora.waitForSelector('lw-second .sample');
		for (const {document, page} of (await ask(dora, 'sample')).pages) {
			await dora.locator(`[data-key="clean-${document}-${page}"]`).press('Enter');
			await until(
				'checked',
				async () =>
					(await ask(dora, 'sample')).pages.find(
						each => each.document === document && each.page === page
					).result === 'clean'
			);
		}
		assert.equal((await ask(dora, 'sample')).complete, true);
		for (const item of (await ask(anna, 'consistency')).items.filter(each => !each.decided))
			assert.equal(
				(
					await act(anna, {
						act: 'leave',
						text: item.text,
						motivation: 'staat daar in functie',
					})
				).status,
				200
			);
		await dora.locator('[data-key=sign]').press('Enter');
		await until('signed', async () => (await ask(dora, '')).signed?.valid);
		assert.deepEqual((await ask(dora, 'obstacles')).obstacles, []);
		await keys(dora, '3');
		await until('the page says so', async () =>
			/staat niets meer in de weg/i.test(await text(dora, 'lw-overview'))
		);
		[anna, bas, dora].forEach(noFaults);
	},
	'published, and the names are gone': async () => {
		if (run('publish', '--help').status === 2) return console.log('without publish');
		await server.kill('SIGTERM');
		const out = path.join(folder(), 'openbaar'),
			done = run('publish', there, '-o', out);
		assert.equal(done.status, 0, done.err + done.out);
		const files = fs.readdirSync(out, {recursive: true}).map(String);
		assert.ok(
			files.some(file => file.endsWith('.pdf')),
			files.join()
		);
		for (const file of files.filter(each => each.endsWith('.txt')))
			assert.ok(!fs.readFileSync(path.join(out, file), 'utf8').includes('Oldenhuis'), file);
	},
});
