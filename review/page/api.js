// api.js - the only place that talks to the server. Pictures that may be wanted again are kept in memory.

export class Refusal extends Error {
	constructor(status, answer) {
		super(answer.message || `${status}`);
		this.status = status;
		this.code = answer.error || 'failed';
	}
}

async function ask(path, options) {
	let response;
	try {
		response = await fetch('/api/v1/' + path, {
			cache: 'no-store',
			credentials: 'same-origin',
			...options,
		});
	} catch (problem) {
		if (problem.name === 'AbortError') throw problem;
		throw new Refusal(0, {error: 'offline'});
	}
	if (response.ok) return response;
	throw new Refusal(response.status, await response.json().catch(() => ({})));
}

const query = values => {
	const entries = Object.entries(values || {}).filter(
		([, value]) => value !== undefined && value !== null && value !== ''
	);
	return entries.length ? '?' + new URLSearchParams(entries) : '';
};

export const session = async () => (await ask('session')).json();

const PICTURES_MOST = 80;

/** One dossier. */
export class Dossier {
	constructor(id, lang) {
		this.root = `dossiers/${encodeURIComponent(id)}`;
		this.lang = lang;
		this.pictures = new Map();
	}

	async read(path, values) {
		const where = path ? `${this.root}/${path}` : this.root;
		return (await ask(where + query({...values, lang: this.lang}))).json();
	}

	async post(path, body) {
		const headers = {'Content-Type': 'application/json'};
		return (
			await ask(`${this.root}/${path}`, {method: 'POST', headers, body: JSON.stringify(body)})
		).json();
	}

	search(what) {
		return this.post('search', {...what, lang: this.lang});
	}

	act(action) {
		return this.post('acts', {...action, lang: this.lang});
	}

	/** How far publishing or reading is, or how the last one ended. */
	job() {
		return this.read('job');
	}

	scan() {
		return this.post('scanning', {});
	}

	publish(folder, since) {
		return this.post('publishing' + query({folder, since}), {});
	}

	/** The address of a picture in memory. turn: a number that changes when published pages look different. */
	picture(document, page, resolution, look, turn = 0) {
		const key = [document, page, resolution, look, look === 'published' ? turn : 0].join('/');
		let picture = this.pictures.get(key);
		if (picture) {
			this.pictures.delete(key);
		} else {
			picture = this.fetchPicture(document, page, resolution, look);
			picture.catch(() => this.pictures.delete(key));
		}
		this.pictures.set(key, picture);
		this.forget();
		return picture;
	}

	async fetchPicture(document, page, resolution, look) {
		const path = `${this.root}/documents/${document}/pages/${page}/picture`;
		const response = await ask(path + query({resolution, look}));
		const image = new Image();
		image.src = URL.createObjectURL(await response.blob());
		await image.decode();
		return image.src;
	}

	forget() {
		for (const [key, picture] of this.pictures) {
			if (this.pictures.size <= PICTURES_MOST) return;
			this.pictures.delete(key);
			picture.then(URL.revokeObjectURL, () => {});
		}
	}

	feed(hear, state) {
		const source = new EventSource(`/api/v1/${this.root}/feed`);
		source.addEventListener('revision', event => hear(Number(event.data)));
		source.onopen = () => state(true);
		source.onerror = () => state(false);
		return source;
	}
}
