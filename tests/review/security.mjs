// security.mjs - who may ask what, seen from outside: raw requests, no browser.
import {cases} from './case.mjs';
import {review, start, dossier, folder, assert, fs, path, http} from './harness.mjs';

const ask = (where, {method = 'GET', headers = {}, body, socketPath} = {}) =>
	new Promise((resolve, reject) => {
		const url = new URL(where);
		const request = http.request(
			{
				host: url.hostname,
				port: url.port,
				path: url.pathname + url.search,
				method,
				headers,
				socketPath,
				setHost: !headers.Host,
			},
			answer => {
				let text = '';
				answer.on('data', data => (text += data));
				answer.on('end', () =>
					resolve({status: answer.statusCode, headers: answer.headers, text})
				);
			}
		);
		request.on('error', reject);
		request.end(body);
	});
const files = {'brief.txt': {text: 'Geachte heer Jansen, uw BSN is 123456782.\n'}};
const JSON_TYPE = {'Content-Type': 'application/json'};

async function signedIn() {
	const server = await review(dossier(files));
	const answer = await ask(server.url);
	assert.equal(answer.status, 303);
	const cookie = answer.headers['set-cookie'][0];
	return {server, cookie: cookie.split(';')[0], line: cookie, api: server.origin + '/api/v1/'};
}

await cases({
	'the token works once and becomes a cookie that scripts and other sites cannot use': async () => {
		const {server, cookie, line, api} = await signedIn();
		assert.match(line, /; HttpOnly/);
		assert.match(line, /; SameSite=Strict/);
		assert.ok(!line.includes(new URL(server.url).searchParams.get('token')), 'the cookie is the token');
		assert.equal((await ask(server.url)).status, 403, 'a second time');
		assert.equal((await ask(api + 'session')).status, 401);
		assert.equal(
			(
				await ask(api + 'session', {
					headers: {Cookie: cookie.replace(/.$/, c => (c === '0' ? '1' : '0'))},
				})
			).status,
			401
		);
		assert.equal((await ask(api + 'session', {headers: {Cookie: cookie}})).status, 200);
		assert.equal((await ask(server.origin + '/open?token=')).status, 403);
		assert.equal((await ask(server.origin + '/app.js')).status, 401, 'nothing without a cookie');
	},
	'another host, another origin, another kind of body: refused': async () => {
		const {server, cookie, api} = await signedIn();
		const Cookie = cookie,
			where = api + 'dossiers/dossier/acts',
			body = '{"act":"comment","document":1,"text":"x"}';
		assert.equal((await ask(api + 'session', {headers: {Cookie, Host: 'evil.example'}})).status, 421);
		assert.equal(
			(
				await ask(api + 'session', {
					headers: {Cookie, Host: 'localhost:' + new URL(server.url).port},
				})
			).status,
			421
		);
		const post = headers => ask(where, {method: 'POST', body, headers: {Cookie, ...headers}});
		assert.equal((await post({...JSON_TYPE, Origin: 'http://evil.example'})).status, 403);
		assert.equal((await post({...JSON_TYPE, Origin: 'null'})).status, 403);
		assert.equal((await post({...JSON_TYPE, 'Sec-Fetch-Site': 'cross-site'})).status, 403);
		assert.equal((await post({'Content-Type': 'text/plain'})).status, 403);
		assert.equal((await post({'Content-Type': 'application/x-www-form-urlencoded'})).status, 403);
		assert.equal((await post({})).status, 403);
		assert.equal((await post({...JSON_TYPE, Origin: server.origin})).status, 200);
	},
	'every answer is protected': async () => {
		const {server, cookie, api} = await signedIn();
		for (const where of [
			server.origin + '/',
			api + 'session',
			api + 'nowhere',
			server.origin + '/app.js',
			api + 'dossiers/dossier/marks',
		]) {
			const {headers} = await ask(where, {headers: {Cookie: cookie}});
			const policy = headers['content-security-policy'];
			assert.match(policy, /^default-src 'none';/);
			assert.ok(!/unsafe|\*|https?:|data:/.test(policy), policy);
			assert.equal(headers['cache-control'], 'no-store');
			assert.equal(headers['x-content-type-options'], 'nosniff');
			assert.equal(headers['referrer-policy'], 'no-referrer');
			assert.equal(headers['access-control-allow-origin'], undefined);
		}
	},
	'what is too large, malformed or elsewhere gets a clear no': async () => {
		const {server, cookie, api} = await signedIn();
		const send = (where, options = {}) =>
			ask(where, {...options, headers: {Cookie: cookie, ...options.headers}});
		const large = 'x'.repeat(1024 * 1024 + 1);
		assert.equal(
			(
				await send(api + 'dossiers/dossier/acts', {
					method: 'POST',
					headers: JSON_TYPE,
					body: large,
				}).catch(() => ({status: 413}))
			).status,
			413
		);
		assert.equal(
			(await send(api + 'dossiers/dossier/acts', {method: 'POST', headers: JSON_TYPE, body: '{'}))
				.status,
			400
		);
		assert.equal(
			(
				await send(api + 'dossiers/dossier/acts', {
					method: 'POST',
					headers: JSON_TYPE,
					body: '{"act":"fly"}',
				})
			).status >= 400,
			true
		);
		assert.equal(
			(
				await send(api + 'dossiers/dossier/acts', {
					method: 'POST',
					headers: JSON_TYPE,
					body: 'a\0b',
				})
			).status,
			400
		);
		for (const where of [
			'/../etc/passwd',
			'/%2e%2e/etc/passwd',
			'/page.js.map',
			'/api/v1/dossiers/nobody',
			'/api/v1/dossiers/dossier/nothing',
			'/api/v1/dossiers/dossier/documents/1/pages/1/picture/x',
		])
			assert.equal((await send(server.origin + where)).status, 404, where);
		for (const where of [
			'documents/x',
			'documents/-1',
			'documents/1e9',
			'marks?limit=x',
			'marks?secret=1',
			'documents/1/pages/01/layer',
		])
			assert.equal((await send(api + 'dossiers/dossier/' + where)).status, 400, where);
		for (const method of ['PUT', 'DELETE', 'PATCH', 'OPTIONS'])
			assert.equal((await send(api + 'session', {method})).status, 405, method);
		assert.equal((await send(api + 'session')).status, 200, 'it still answers');
	},
	'an office trusts the proxy only: on its socket': async () => {
		const socketPath = path.join(folder(), 's'),
			where = 'http://woo.example/api/v1/session';
		await start('serve', await made(), '--socket', socketPath, '--host', 'woo.example');
		assert.equal(fs.statSync(socketPath).mode & 0o007, 0, 'others may connect');
		const send = headers => ask(where, {socketPath, headers: {Host: 'woo.example', ...headers}});
		assert.equal((await send({})).status, 403);
		assert.equal((await send({'X-Remote-User': 'anna'})).status, 200);
		assert.equal(JSON.parse((await send({'X-Remote-User': 'anna'})).text).user, 'anna');
		assert.equal((await send({'X-Remote-User': ['anna', 'bas']})).status, 403, 'two users');
		assert.equal((await send({'X-Remote-User': 'a'.repeat(200)})).status, 403);
		assert.equal(
			(
				await ask('http://woo.example/open?token=x', {
					socketPath,
					headers: {Host: 'woo.example', 'X-Remote-User': 'anna'},
				})
			).status,
			404
		);
	},
	'an office trusts the proxy only: at a port it shows the secret': async () => {
		const secret = path.join(folder(), 'secret'),
			port = 20000 + (process.pid % 20000);
		fs.writeFileSync(secret, 'zeer-geheim-en-lang-genoeg\n');
		await start(
			'serve',
			await made(),
			'--port',
			String(port),
			'--secret',
			secret,
			'--host',
			'woo.example'
		);
		const send = headers =>
			ask(`http://127.0.0.1:${port}/api/v1/session`, {
				headers: {Host: 'woo.example', 'X-Remote-User': 'anna', ...headers},
			});
		assert.equal((await send({})).status, 403);
		assert.equal((await send({'X-Lakwerk-Secret': 'zeer-geheim-en-lang-genoe'})).status, 403);
		assert.equal((await send({'X-Lakwerk-Secret': 'zeer-geheim-en-lang-genoeg'})).status, 200);
	},
});

/** serve opens what review has made. */
async function made() {
	const there = dossier(files),
		server = await review(there);
	await server.kill('SIGTERM');
	return there;
}
