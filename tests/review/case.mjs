// case.mjs - runs the cases of one file in order; closes with how many passed.
import {finish} from './harness.mjs';

export async function cases(all) {
	let failed = 0;
	for (const [name, action] of Object.entries(all)) {
		const began = Date.now();
		try {
			await action();
			console.log(`ok ${name} (${Date.now() - began} ms)`);
		} catch (problem) {
			failed++;
			console.log(`FAILED ${name}\n${problem.stack}`);
		}
	}
	await finish();
	console.log(`${Object.keys(all).length - failed} passed, ${failed} failed`);
	process.exit(failed ? 1 : 0);
}
