# lakwerk.bash - completion of the command lakwerk.

_lakwerk() {
	local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}
	local command=${COMP_WORDS[1]} common="--quiet --verbose --color --lang --help" options
	local finding="--policy --term --regex --area --ground --marks --no-detect --accept"

	if [ "$COMP_CWORD" -eq 1 ]; then
		mapfile -t COMPREPLY < <(compgen -W \
			"redact scan review serve verify text explain evaluate audit keygen register policy doctor dossier publish --help --version" \
			-- "$current")
		return
	fi
	case $previous in
	--accept) mapfile -t COMPREPLY < <(compgen -W "sure likely suggested unread" -- "$current") && return ;;
	--width) COMPREPLY=($(compgen -W 'exact quantised strict' -- "$word")) && return ;;
	--color) mapfile -t COMPREPLY < <(compgen -W "auto always never" -- "$current") && return ;;
	--lang) mapfile -t COMPREPLY < <(compgen -W "nl en" -- "$current") && return ;;
	--term | --regex | --area | --ground | -j | --jobs) return ;;
	esac
	case $command in
	redact) options="$finding --output --width --log --state --key --jobs --dry-run --force --json" ;;
	scan) options="$finding --jobs --kept --json" ;;
	explain) options="$finding --json" ;;
	evaluate) options="--policy --accept --faults --json" ;;
	verify) options="--original --json" ;;
	audit)
		options="--internal --key --opening --mark --json"
		[ "$COMP_CWORD" -eq 2 ] && mapfile -t COMPREPLY < <(compgen -f -W open -- "$current") && return
		;;
	dossier)
		options="--policy --state --jobs --reviewer"
		[ "$COMP_CWORD" -eq 2 ] && mapfile -t COMPREPLY < <(compgen -W \
			"init scan status settings backup restore export import query act" -- "$current") && return
		;;
	publish) options="--output --since --state --key --jobs --json" ;;
	policy | register) options=--policy ;;
	doctor) options=--json ;;
	review) options="--output --key --policy --state --jobs --no-open --port" ;;
	serve) options="--output --key --socket --port --host --secret" ;;
	esac
	if [[ $current == -* ]]; then
		mapfile -t COMPREPLY < <(compgen -W "$options $common" -- "$current")
	else
		compopt -o filenames
		mapfile -t COMPREPLY < <(compgen -f -- "$current")
	fi
}

complete -F _lakwerk lakwerk
