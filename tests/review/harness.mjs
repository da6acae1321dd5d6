// harness.mjs - starts the real program on a real dossier and a real browser before it.
// Every page is watched: a request to elsewhere, a broken script or a refused policy fails the test.
import {spawn, spawnSync} from 'node:child_process';
import {createRequire} from 'node:module';
import fs from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import assert from 'node:assert/strict';

export const ROOT = process.env.LW_SOURCE_ROOT,
	BUILD = process.env.LW_BUILD_ROOT;
const require = createRequire(path.join(process.env.LW_REVIEW_MODULES, 'package.json'));
const {chromium} = require('playwright-core');
const AXE = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
export const lakwerk = path.join(BUILD, 'cli', 'lakwerk');
const BROWSER = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(file =>
	fs.existsSync(file)
);

const closing = [];
export const atEnd = action => closing.push(action);

export async function finish() {
	for (const action of closing.reverse())
		await Promise.resolve(action()).catch(problem => console.error('at the end:', problem.message));
}

export function folder() {
	const made = fs.mkdtempSync(path.join(os.tmpdir(), 'lakwerk-review-'));
	atEnd(() => fs.rmSync(made, {recursive: true, force: true}));
	return made;
}

/** A dossier of fixtures: {'brief.pdf': 'dossier/besluit.pdf', 'a.txt': {text: '…'}}. */
export function dossier(files) {
	const made = path.join(folder(), 'dossier');
	for (const [name, from] of Object.entries(files)) {
		const file = path.join(made, name);
		fs.mkdirSync(path.dirname(file), {recursive: true});
		if (typeof from === 'object') fs.writeFileSync(file, from.text);
		else fs.copyFileSync(path.join(ROOT, 'fixtures', from), file);
	}
	return made;
}

export function run(...all) {
	const done = spawnSync(lakwerk, all, {encoding: 'utf8', maxBuffer: 1 << 28});
	return {status: done.status, out: done.stdout, err: done.stderr};
}

/** Starts review or serve and waits for the address that it prints. */
export async function start(...all) {
	const child = spawn(lakwerk, all, {stdio: ['ignore', 'pipe', 'pipe']});
	let out = '',
		err = '';
	child.stderr.on('data', data => (err += data));
	const ended = new Promise(resolve => child.on('exit', (code, signal) => resolve({code, signal})));
	const url = await new Promise((resolve, reject) => {
		child.stdout.on('data', data => {
			out += data;
			if (out.includes('\n')) resolve(out.split('\n')[0]);
		});
		ended.then(({code}) => reject(new Error(`${all.join(' ')} ended with ${code}: ${err}`)));
	});
	const server = {
		url,
		child,
		ended,
		origin: new URL(url).origin,
		stderr: () => err,
		kill: async signal => {
			child.kill(signal);
			return ended;
		},
	};
	atEnd(() => server.kill('SIGTERM'));
	return server;
}

export const review = (folder, ...more) => start('review', folder, '--no-open', '--lang', 'nl', ...more);

/** The proxy of an office: who asks is in a cookie that the test sets. */
export async function office(...folders) {
	const socket = path.join(folder(), 'lakwerk.sock');
	const proxy = http.createServer((request, answer) => {
		const user = /who=(\w+)/.exec(request.headers.cookie || '')?.[1];
		const headers = {...request.headers, 'x-remote-user': user || ''};
		const on = http.request(
			{socketPath: socket, path: request.url, method: request.method, headers},
			got => {
				answer.writeHead(got.statusCode, got.headers);
				got.pipe(answer);
				got.on('error', () => answer.destroy());
			}
		);
		on.on('error', () => answer.destroy());
		answer.on('close', () => on.destroy());
		request.pipe(on);
	});
	await new Promise(resolve => proxy.listen(0, '127.0.0.1', resolve));
	atEnd(
		() =>
			new Promise(resolve => {
				proxy.close(resolve);
				proxy.closeAllConnections();
			})
	);
	const host = `127.0.0.1:${proxy.address().port}`;
	const server = await start('serve', ...folders, '--socket', socket, '--host', host, '--lang', 'nl');
	return {...server, url: `http://${host}/`, origin: `http://${host}`, socket, host};
}

let browser;

export async function tab(server, {user, ...options} = {}) {
	if (!browser) {
		browser = await chromium.launch({
			executablePath: BROWSER,
			args: ['--no-sandbox', '--disable-dev-shm-usage'],
		});
		atEnd(() => browser.close());
	}
	const context = await browser.newContext({
		viewport: {width: 1440, height: 900},
		locale: 'nl-NL',
		...options,
	});
	if (user) await context.addCookies([{name: 'who', value: user, url: server.origin}]);
	const page = await context.newPage(),
		faults = [];
	page.on('pageerror', problem => faults.push(problem.message));
	page.on('console', message => {
		if (
			message.type() === 'error' &&
			!/the server responded|ERR_INTERNET_DISCONNECTED/.test(message.text())
		)
			faults.push(message.text());
	});
	page.on('response', answer => {
		if (answer.status() >= 400 && ![401, 403, 409, 422].includes(answer.status()))
			faults.push(`${answer.status()} ${answer.url()}`);
	});
	page.on('request', request => {
		const url = request.url();
		if (!url.startsWith(server.origin + '/') && !url.startsWith('blob:' + server.origin))
			faults.push('asks elsewhere: ' + url);
	});
	page.faults = faults;
	await page.goto(server.url);
	await page.waitForSelector('lw-worklist [role=option], lw-worklist .empty', {state: 'attached'});
	await settled(page);
	return page;
}

/** Nothing waits for an answer any more. */
export async function settled(page) {
	await page.waitForTimeout(350);
}

export const noFaults = page => assert.deepEqual(page.faults, []);

export async function keys(page, ...all) {
	for (const key of all) await page.keyboard.press(key);
}

/** What a script would ask. */
export const ask = (page, where) =>
	page.evaluate(async at => {
		const id = (await (await fetch('/api/v1/session')).json()).dossiers[0].id;
		return (await fetch(`/api/v1/dossiers/${id}${at ? '/' + at : ''}`)).json();
	}, where);

export const act = (page, action) =>
	page.evaluate(async body => {
		const id = (await (await fetch('/api/v1/session')).json()).dossiers[0].id;
		const answer = await fetch(`/api/v1/dossiers/${id}/acts`, {
			method: 'POST',
			headers: {'Content-Type': 'application/json'},
			body: JSON.stringify(body),
		});
		return {status: answer.status, ...(await answer.json())};
	}, action);

export async function axe(page, what) {
	await page.evaluate(AXE).catch(() => {});
	const {violations, passes} = await page.evaluate(() => window.axe.run({resultTypes: ['violations']}));
	assert.ok(passes.length > 5, `${what}: axe saw nothing`);
	assert.deepEqual(
		violations.map(
			each =>
				`${each.id}: ${each.nodes
					.map(node => node.target.join(' '))
					.slice(0, 3)
					.join(', ')}`
		),
		[],
		what
	);
}

export const text = (page, selector) => page.locator(selector).innerText();

export async function until(what, test, patience = 15000) {
	const end = Date.now() + patience;
	for (;;) {
		const value = await test();
		if (value) return value;
		assert.ok(Date.now() < end, `waited in vain: ${what}`);
		await new Promise(resolve => setTimeout(resolve, 60));
	}
}

export {assert, fs, path, http};
