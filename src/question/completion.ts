import { toFlagName } from '../util/sentence.js';
import { optionsOf } from './command-options.js';
import type { CommandName } from './commands.js';
import { COMMANDS } from './commands.js';
import { describeOption } from './describe-option.js';
import { shellFormatsOf } from './format-names.js';
import type { Option } from './option.js';

/** Kinds of options whose value may be the name of a file. */
const FILE_KINDS: readonly string[] = ['file', 'folder'];

/**
 * A script for bash and zsh that completes commands, options and the known values. It contains the
 * table of options, so that completing starts no program.
 */
export function completionScript(): string {
  return `# Completes showbackref in bash and zsh; written by "showbackref completion".
_showbackref_commands() {
  ${document(COMMANDS.map(({ name, words }) => `${name}\t${words}`))}
}
_showbackref_options() {
  case "$1" in
${COMMANDS.map(({ name }) => optionCase(name)).join('\n')}
  esac
}
# Prints the values of an option, or ":file" or ":any"; fails for what takes no value.
_showbackref_values() {
  case "$1 $2" in
${COMMANDS.flatMap(({ name }) => valueCases(name)).join('\n')}
    *) return 1 ;;
  esac
}
${SHELL_CODE}`;
}

function optionCase(command: CommandName): string {
  const lines = optionsOf(command, 'shell').flatMap((option) => optionLines(option, command));
  return `    ${command})\n      ${document([...lines, '--help\tShow this help'])}\n      ;;`;
}

function optionLines(option: Option, command: CommandName): readonly string[] {
  const flag = toFlagName(option.name);
  const words = describeOption(option, command);
  const isOn = option.kind === 'folder' || option.fallback === true;
  return [`--${flag}\t${words}`, ...(isOn ? [`--no-${flag}\tTurn --${flag} off`] : [])];
}

function valueCases(command: CommandName): readonly string[] {
  return optionsOf(command, 'shell').flatMap((option) => {
    if (option.kind === 'switch') return [];
    const { name, letter } = option;
    const patterns = [`'${command} --${toFlagName(name)}'`];
    if (letter !== undefined) patterns.push(`'${command} -${letter}'`);
    return [
      `    ${patterns.join(' | ')}) printf '%s\\n' ${valuesOf(option, command).join(' ')} ;;`,
    ];
  });
}

function valuesOf({ kind, choices }: Option, command: CommandName): readonly string[] {
  if (kind === 'format') return shellFormatsOf(command).map(({ name }) => name);
  if (choices !== undefined) return choices;
  return [FILE_KINDS.includes(kind) ? ':file' : ':any'];
}

/** A here-document: its lines stay unchanged, whatever they mean to a shell. */
function document(lines: readonly string[]): string {
  return `cat <<'SHOWBACKREF'\n${lines.join('\n')}\nSHOWBACKREF`;
}

const SHELL_CODE = `# The command among the words before the one that is typed; backrefs where there is none.
_showbackref_command() {
  local word names
  names=" $(_showbackref_commands | cut -f1 | tr '\\n' ' ')"
  for word in "$@"; do
    case "$word" in
      -*) ;;
      *) case "$names" in *" $word "*) printf '%s' "$word"; return ;; esac; break ;;
    esac
  done
  printf backrefs
}
if [ -n "\${ZSH_VERSION-}" ]; then
  _showbackref_zsh() {
    local command previous values line
    local -a shown
    command=$(_showbackref_command "\${(@)words[2,CURRENT-1]}")
    previous=\${words[CURRENT-1]}
    if [[ $PREFIX == --*=* ]]; then
      previous=\${PREFIX%%=*}
      compset -P '*='
    fi
    if (( \${words[(I)--]} > 0 && \${words[(I)--]} < CURRENT )); then
      _files
    elif values=$(_showbackref_values "$command" "$previous"); then
      case "$values" in
        :file) _files ;;
        :any) ;;
        *) compadd -- \${(f)values} ;;
      esac
    elif [[ $PREFIX == -* ]]; then
      for line in \${(f)"$(_showbackref_options "$command")"}; do
        shown+=("\${\${line%%$'\\t'*}//:/\\\\:}:\${line#*$'\\t'}")
      done
      _describe -o option shown
    else
      if (( CURRENT == 2 )); then
        for line in \${(f)"$(_showbackref_commands)"}; do
          shown+=("\${line%%$'\\t'*}:\${line#*$'\\t'}")
        done
        _describe command shown
      fi
      _files
    fi
  }
  if ! whence compdef > /dev/null; then autoload -Uz compinit && compinit; fi
  compdef _showbackref_zsh showbackref
else
  _showbackref_bash() {
    local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]}
    local command words values word
    command=$(_showbackref_command "\${COMP_WORDS[@]:1:COMP_CWORD-1}")
    # bash takes "--format=png" for three words
    if [ "$current" = = ]; then current=; elif [ "$previous" = = ]; then previous=\${COMP_WORDS[COMP_CWORD-2]}; fi
    COMPREPLY=()
    for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
      if [ "$word" = -- ]; then compopt -o default; return; fi
    done
    if values=$(_showbackref_values "$command" "$previous"); then
      case "$values" in
        :file) compopt -o default; return ;;
        :any) return ;;
        *) words=$values ;;
      esac
    elif [[ $current == -* ]]; then
      words=$(_showbackref_options "$command" | cut -f1)
    else
      if [ "$COMP_CWORD" -eq 1 ]; then words=$(_showbackref_commands | cut -f1); fi
      compopt -o default
    fi
    COMPREPLY=($(compgen -W "$words" -- "$current"))
  }
  complete -F _showbackref_bash showbackref
fi
`;
