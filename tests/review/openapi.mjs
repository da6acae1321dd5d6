// openapi.mjs - the description against the server: every address of it answers as it says, and no route is
// without one.
import {cases} from './case.mjs';
import {review, dossier, tab, ask, act, assert, fs, path, ROOT} from './harness.mjs';

const api = JSON.parse(fs.readFileSync(path.join(ROOT, 'review/page/openapi.json')));
const server = await review(
	dossier({
		'besluit.pdf': 'dossier/besluit.pdf',
		'kopie.pdf': 'dossier/besluit.pdf',
		'notitie.txt': 'dossier/notitie.txt',
	})
);
const page = await tab(server);

/** What is wrong with a value, as far as the description says. */
function faults(schema, value, where) {
	if (schema.$ref)
		return faults(
			schema.$ref
				.split('/')
				.slice(1)
				.reduce((at, name) => at[name], api),
			value,
			where
		);
	if (schema.oneOf && !schema.properties) {
		const all = schema.oneOf.map(each => faults(each, value, where));
		return all.some(each => !each.length) ? [] : all[0];
	}
	if (schema.allOf) return schema.allOf.flatMap(each => faults(each, value, where));
	const types = [schema.type].flat().filter(Boolean);
	const type =
		value === null
			? 'null'
			: Array.isArray(value)
				? 'array'
				: Number.isInteger(value)
					? 'integer'
					: typeof value;
	if (types.length && !types.includes(type) && !(type === 'integer' && types.includes('number')))
		return [`${where} is ${type}, not ${types}`];
	if (schema.enum && value !== null && !schema.enum.includes(value)) return [`${where} is ${value}`];
	const found = [];
	for (const name of (type === 'object' && schema.required) || [])
		if (!(name in value)) found.push(`${where}.${name} is missing`);
	for (const [name, each] of Object.entries((type === 'object' && schema.properties) || {}))
		if (name in value) found.push(...faults(each, value[name], `${where}.${name}`));
	for (const [index, each] of (type === 'array' && schema.items ? value : []).entries())
		found.push(...faults(schema.items, each, `${where}[${index}]`));
	return found;
}

const {marks} = await ask(page, 'marks');
const values = {dossier: 'dossier', document: 1, page: 1, id: marks[0].id, other: 2};

await cases({
	'every GET answers as described': async () => {
		for (const [where, {get}] of Object.entries(api.paths)) {
			if (!get || where.endsWith('/feed')) continue;
			const needed = (get.parameters || [])
				.filter(each => each.in === 'query' && each.required)
				.map(each => `${each.name}=${values[each.name]}`);
			const address =
				'/api/v1' +
				where.replace(/\{(\w+)\}/g, (_, name) => values[name]) +
				(needed.length ? '?' + needed.join('&') : '');
			const answer = await page.evaluate(async at => {
				const got = await fetch(at);
				return {
					status: got.status,
					type: got.headers.get('content-type'),
					text: await got.text(),
				};
			}, address);
			assert.equal(answer.status, 200, `${address}: ${answer.text.slice(0, 200)}`);
			const [[type, {schema}]] = Object.entries(get.responses[200].content);
			assert.equal(answer.type, type, address);
			if (schema) assert.deepEqual(faults(schema, JSON.parse(answer.text), where), []);
		}
	},
	'every condition that is described is taken': async () => {
		const some = {like: values.id, copies: values.id, lang: 'en', look: 'published', warning: 'old', by: 'root'};
		const example = ({name, schema}) =>
			some[name] ?? schema.enum?.[0] ?? {integer: 1, number: 0.5, boolean: true}[schema.type] ?? 'person';
		let count = 0;
		for (const [where, {get}] of Object.entries(api.paths))
			for (const each of (get?.parameters || []).filter(({in: at, required}) => at === 'query' && !required)) {
				if (where.endsWith('/feed') || each.name === 'in') continue;
				const needed = get.parameters
					.filter(other => other.in === 'query' && other.required)
					.map(other => `&${other.name}=${values[other.name]}`);
				const address =
					'/api/v1' + where.replace(/\{(\w+)\}/g, (_, name) => values[name]) +
					`?${each.name}=${encodeURIComponent(example(each))}${needed.join('')}`;
				const status = await page.evaluate(async at => (await fetch(at)).status, address);
				assert.equal(status, 200, address);
				count++;
			}
		assert.ok(count > 30, `${count} conditions`);
	},
	'search and acts answer as described': async () => {
		const schema = what =>
			api.paths['/dossiers/{dossier}/' + what].post.responses[200].content['application/json']
				.schema;
		const hits = await page.evaluate(async () =>
			(
				await fetch('/api/v1/dossiers/dossier/search', {
					method: 'POST',
					headers: {'Content-Type': 'application/json'},
					body: '{"term":"Lansveld"}',
				})
			).json()
		);
		assert.deepEqual(faults(schema('search'), hits, 'search'), []);
		assert.ok(hits.count > 0);
		const {status, ...done} = await act(page, {act: 'accept', marks: {ids: [marks[0].id]}});
		assert.equal(status, 200);
		assert.deepEqual(faults(schema('acts'), done, 'acts'), []);
		assert.deepEqual(
			faults(
				schema('acts'),
				(({status: _, ...rest}) => rest)(await act(page, {act: 'undo', event: done.event})),
				'undo'
			),
			[]
		);
	},
	'the acts that are described are those that there are': async () => {
		const source = fs.readFileSync(path.join(ROOT, 'engine/dossier/act.c'), 'utf8');
		const known = [...source.matchAll(/\{"(\w+)", LW_[A-Z_ |]+, \w+\}/g)].map(match => match[1]);
		assert.deepEqual(known.sort(), [...api.components.schemas.Act.properties.act.enum].sort());
		for (const name of known) {
			const {status, error} = await act(page, {act: name, nonsense: 1});
			assert.ok([400, 403, 422].includes(status) && error, `${name}: ${status}`);
		}
		assert.equal((await act(page, {act: 'nonsense'})).status, 404);
	},
	'what the page asks for is described': () => {
		const there = path.join(ROOT, 'review/page');
		const sources = fs
			.readdirSync(there)
			.filter(file => file.endsWith('.js'))
			.map(file => fs.readFileSync(path.join(there, file), 'utf8'))
			.join('\n');
		const asked = [...sources.matchAll(/\b(?:read|post)\(\s*[`']([\w/${}.()]*)[`']/g)]
			.map(match => match[1].replace(/\$\{encodeURIComponent\((.*?)\)\}/g, '${$1}').replace(/\$\{.*?\}/g, '{}'))
			.filter(each => each !== '');
		const described = Object.keys(api.paths).map(where =>
			where.replace('/dossiers/{dossier}/', '').replace(/\{\w+\}/g, '{}')
		);
		assert.ok(asked.length > 15, asked.join());
		assert.deepEqual(
			asked.filter(each => !described.includes(each)),
			[]
		);
	},
	'what is refused answers as described': async () => {
		for (const [where, status] of [
			['documents/999', 404],
			['marks/nothing', 404],
			['documents/1/pages/99/layer', 404],
			['marks?limit=x', 400],
			['publications?nonsense=1', 400],
		]) {
			const answer = await page.evaluate(async at => {
				const got = await fetch('/api/v1/dossiers/dossier/' + at);
				return {status: got.status, body: await got.json()};
			}, where);
			assert.equal(answer.status, status, where);
			assert.deepEqual(faults({$ref: '#/components/schemas/Error'}, answer.body, where), []);
		}
	},
	'no route is without a description': async () => {
		const source = fs.readFileSync(path.join(ROOT, 'review/route.c'), 'utf8');
		const table = source.slice(source.indexOf('} readings[]'), source.indexOf('typedef enum'));
		const routes = [...table.matchAll(/\{"([^"]*)", "\w+"\}/g)]
			.map(match => match[1])
			.concat([...source.matchAll(/fits\((?:&)?question, "([^"]+)"\)/g)].map(match => match[1]));
		assert.ok(routes.length > 20);
		assert.deepEqual(
			Object.keys(api.paths)
				.filter(where => where.startsWith('/dossiers/{dossier}'))
				.map(where => where.slice('/dossiers/{dossier}/'.length))
				.filter(where => !routes.includes(where)),
			[],
			'described, and not there'
		);
		for (const route of routes)
			assert.ok(api.paths['/dossiers/{dossier}' + (route ? '/' + route : '')], route);
	},
});
