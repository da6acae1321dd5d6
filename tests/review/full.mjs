// full.mjs - a disk that is full while people decide: they read so at once, nothing that was confirmed is lost,
// nothing that was not is shown as decided, and it goes on when there is room. Needs a small tmpfs, so root.
import {spawnSync} from 'node:child_process';
import {cases} from './case.mjs';
import {review, dossier, folder, tab, keys, settled, ask, act, until, text, atEnd, assert, fs, path} from './harness.mjs';

const small = folder();
if (process.getuid() !== 0 || spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'none', small]).status !== 0)
	process.exit(77);
atEnd(() => spawnSync('umount', ['-l', small]));
const there = dossier({'notitie.txt': 'dossier/notitie.txt', 'aanvraag.pdf': 'dossier/bijlagen/aanvraag.pdf'});
const server = await review(there, '--state', path.join(small, 'state'));
const page = await tab(server);
const filler = path.join(small, 'filler');

/** Takes all the room that is left. */
function fill() {
	const file = fs.openSync(filler, 'a'),
		block = Buffer.alloc(4096, 'x');
	try {
		for (;;) fs.writeSync(file, block);
	} catch (problem) {
		assert.equal(problem.code, 'ENOSPC');
	}
	fs.closeSync(file);
}

await cases({
	'what cannot be kept is said, and shown as it was': async () => {
		const first = await act(page, {act: 'comment', document: 1, text: 'voor het volraakt'});
		assert.equal(first.status, 200);
		const before = (await ask(page, '')).marks;
		let refused;
		for (let i = 0; i < 200 && refused?.status !== 500; i++) {
			fill();
			refused = await act(page, {act: 'comment', document: 1, text: 'x'.repeat(20000)});
		}
		assert.equal(refused.status, 500, JSON.stringify(refused));
		assert.match(refused.message, /schijf|ruimte/, refused.message);
		page.faults.length = 0;
		const chosen = await page.evaluate(
			() => document.querySelector('#worklist [aria-selected=true]').dataset.mark
		);
		let told = '';
		for (let i = 0; i < 60 && !/schijf|ruimte/.test(told); i++) {
			fill();
			await keys(page, i % 2 ? 'r' : 'a');
			await settled(page);
			told = await text(page, '.said');
		}
		assert.match(told, /schijf|ruimte/, told);
		const shown = await page.evaluate(
			id => document.querySelector(`#worklist [data-mark="${id}"]`)?.dataset.decision,
			chosen
		);
		assert.equal(shown, (await ask(page, `marks/${chosen}`)).decision, 'the page shows something else');
		assert.ok(before.open > 0);
	},
	'it goes on when there is room': async () => {
		fs.rmSync(filler);
		const [mark] = (await ask(page, 'marks?decision=open&limit=1')).marks;
		const done = await act(page, {act: 'accept', marks: {ids: [mark.id]}});
		assert.equal(done.status, 200, JSON.stringify(done));
		assert.equal((await ask(page, `marks/${mark.id}`)).decision, 'accepted');
		const {comments} = await ask(page, 'comments');
		assert.ok(comments.some(each => each.text === 'voor het volraakt'));
		assert.equal(new Set(comments.map(each => each.event)).size, comments.length);
		await until('the state is sound', async () => (await ask(page, '')).event >= done.event);
	},
});
