// What makes a shell complete `stay`: each script hands the words to `stay complete` and its answer to the shell.
// The first line of an answer is its kind: words, folders (the shell knows them better), or command (that behind --).

/** For bash 3.2 (macOS) and later; what 3.2 does not have is done without. */
export const bashScript = `# Completes stay in bash. In ~/.bashrc: eval "$(stay completion bash)"

_stay() {
  local kind= line
  COMPREPLY=()
  while IFS= read -r line; do
    if [[ -z $kind ]]; then kind=$line; else COMPREPLY+=("$line"); fi
  done < <(command stay complete bash -- "\${COMP_LINE:0:COMP_POINT}" "$COMP_WORDBREAKS" 2>/dev/null)
  case $kind in
    folders) compopt -o dirnames 2>/dev/null ;;
    command) _stay_command ;;
  esac
}

_stay_command() {
  local IFS=$'\\n' offset=1
  while [[ \${COMP_WORDS[offset]} != -- ]]; do offset=$((offset + 1)); done
  offset=$((offset + 1))
  if declare -F _comp_command_offset >/dev/null; then
    _comp_command_offset $offset
  elif declare -F _command_offset >/dev/null; then
    _command_offset $offset
  elif [[ $COMP_CWORD -eq $offset ]]; then
    COMPREPLY=($(compgen -c -- "\${COMP_WORDS[COMP_CWORD]}"))
  else
    compopt -o default 2>/dev/null
  fi
}

complete -o nosort -F _stay stay 2>/dev/null || complete -F _stay stay
`;

export const zshScript = `#compdef stay
# Completes stay in zsh. In ~/.zshrc: eval "$(stay completion zsh)"
# Or as a file named _stay in a folder of $fpath.

_stay() {
  local kind
  local -a answer
  answer=("\${(@f)$(command stay complete zsh -- "\${(@Q)words[2,CURRENT-1]}" "$PREFIX" 2>/dev/null)}")
  kind=$answer[1]
  shift answer
  case $kind in
    words) _describe -V stay answer ;;
    folders) compset -P '--*='; _files -/ ;;
    command)
      local offset=$words[(i)--]
      shift $offset words
      (( CURRENT -= offset ))
      _normal
      ;;
  esac
}

if [[ $funcstack[1] == _stay ]]; then
  _stay "$@"
else
  (( $+functions[compdef] )) || { autoload -Uz compinit && compinit }
  compdef _stay stay
fi
`;

export const fishScript = `# Completes stay in fish. In ~/.config/fish/config.fish: stay completion fish | source
# Or as ~/.config/fish/completions/stay.fish.

function __stay_complete
    # fish 3 has no -x.
    set -l words (commandline -xpc 2>/dev/null; or commandline -opc)
    set -e words[1]
    set -l current (commandline -ct)
    set -l answer (command stay complete fish -- $words "$current" 2>/dev/null)
    switch "$answer[1]"
        case words
            set -e answer[1]
            printf '%s\\n' $answer
        case folders
            set -l flag (string match -r -- '^--[^=]+=' "$current")
            for folder in (__fish_complete_directories (string replace -r -- '^--[^=]+=' '' "$current") '')
                printf '%s\\n' "$flag$folder"
            end
        case command
            set -l offset (contains -i -- -- $words)
            set -e words[1..$offset]
            complete -C (string join -- ' ' (string escape -- $words) "$current")
    end
end

complete -c stay -e
complete -c stay -k -f -a '(__stay_complete)'
`;
