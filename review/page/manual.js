// manual.js - all commands with their keys, and the settings.
import {h} from './dom.js';
import {t, language} from './words.js';
import {COMMANDS, keyOf} from './keys.js';
import {keep, settings} from './settings.js';
import {dialog, field, choice, check} from './dialog.js';

export function showHelp(run) {
	const groups = ['move', 'decide', 'add', 'look'];
	const shown = dialog(
		t('helpTitle'),
		[
			h('p', {}, t('helpIntro')),
			h(
				'div.commands',
				{},
				groups.map(group =>
					h(
						'section',
						{},
						h('h3', {}, t('group.' + group)),
						h(
							'ul',
							{},
							Object.entries(COMMANDS)
								.filter(([, [, own]]) => own === group)
								.map(([name]) =>
									h(
										'li',
										{},
										h(
											'button.quiet',
											{
												type: 'button',
												onclick: () => {
													shown.finish(
														null
													);
													run(name);
												},
											},
											h(
												'span',
												{},
												t('do.' + name)
											),
											settings.letters &&
												h(
													'kbd',
													{},
													keyOf(name)
												)
										)
									)
								)
						)
					)
				)
			),
		],
		{wide: true}
	);
	return shown.done;
}

export async function askSettings() {
	const lang = choice(
			[
				['nl', 'Nederlands'],
				['en', 'English'],
			],
			language(),
			{lang: ''}
		),
		theme = choice(
			['auto', 'light', 'dark'].map(id => [id, t('theme.' + id)]),
			settings.theme
		);
	const letters = check(t('letters'), {checked: settings.letters}),
		advance = check(t('advance'), {checked: settings.advance});
	const keys = {...settings.keys},
		said = h('p', {role: 'status'});
	const inputs = Object.keys(COMMANDS).map(name =>
		field(
			t('do.' + name),
			h('input.key', {
				value: keyOf(name),
				'aria-description': t('pressKey'),
				onkeydown: event => {
					if (
						event.key.length !== 1 ||
						event.ctrlKey ||
						event.metaKey ||
						event.altKey
					)
						return;
					event.preventDefault();
					const other = Object.keys(COMMANDS).find(
						each =>
							each !== name &&
							(keys[each] ?? COMMANDS[each][0]) === event.key
					);
					said.textContent = other ? t('keyTaken', {name: t('do.' + other)}) : '';
					if (other) return;
					keys[name] = event.target.value = event.key;
				},
			})
		)
	);
	const reset = h(
		'button',
		{
			type: 'button',
			onclick: () => {
				Object.keys(keys).forEach(name => delete keys[name]);
				Object.keys(COMMANDS).forEach(
					(name, i) => (inputs[i].querySelector('input').value = COMMANDS[name][0])
				);
			},
		},
		t('resetKeys')
	);
	return dialog(
		t('settingsTitle'),
		[
			field(t('languageLabel'), lang),
			field(t('theme'), theme),
			letters,
			advance,
			h('details', {}, h('summary', {}, t('keysTitle')), said, h('div.keys', {}, inputs), reset),
		],
		{
			confirm: t('save'),
			answer: () => ({
				language: lang.value,
				theme: theme.value,
				letters: letters.input.checked,
				advance: advance.input.checked,
				keys,
			}),
		}
	).done.then(answer => {
		if (answer) keep(answer);
		return answer;
	});
}
