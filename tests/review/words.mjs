// words.mjs - everything the page says is there in both languages, with the same values, and nothing is there for nobody.
import {cases} from './case.mjs';
import {assert, fs, path, ROOT} from './harness.mjs';

const there = path.join(ROOT, 'review/page');
const load = async (file, name) => (await import(`data:text/javascript,${encodeURIComponent(read(file))}`))[name];
const read = file => fs.readFileSync(path.join(there, file), 'utf8');
const nl = await load('words-nl.js', 'nl'),
	en = await load('words-en.js', 'en');
const sources = fs.readdirSync(there).filter(file => file.endsWith('.js') && !file.startsWith('words-'));
const text = sources.map(read).join('\n');
const values = words => [...words.matchAll(/\{(\w+)\}/g)].map(match => match[1]).sort();

await cases({
	'both languages say the same things': () => {
		assert.deepEqual(Object.keys(nl).sort(), Object.keys(en).sort());
		for (const key of Object.keys(nl)) assert.deepEqual(values(nl[key]), values(en[key]), key);
	},
	'every word that is asked for is there': () => {
		const asked = [...text.matchAll(/\bt\(\s*'([^']+)'\s*[,)]/g)].map(match => match[1]);
		assert.ok(asked.length > 150);
		assert.deepEqual(
			[...new Set(asked)].filter(key => !(key in nl)),
			[]
		);
	},
	'every command has its words': () => {
		for (const [, name] of read('keys.js').matchAll(/^\t(\w+): \['/gm))
			assert.ok(nl['do.' + name], name);
	},
	'nothing is said by nobody': () => {
		const families = [...text.matchAll(/'([a-z]+\.)' \+/g)].map(match => match[1]);
		const quoted = new Set([...text.matchAll(/'([\w.]+)'/g)].map(match => match[1]));
		const keys = [...text.matchAll(/\b(\w+): /g)].map(match => match[1]);
		const unused = Object.keys(nl).filter(
			key =>
				!quoted.has(key) &&
				!quoted.has(key.replace(/1$/, '')) &&
				!families.some(family => key.startsWith(family)) &&
				!keys.includes(key)
		);
		assert.deepEqual(unused, []);
	},
});
