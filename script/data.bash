# Where the verbs keep the data, as FRONTDESK_DATA_DIR: var/ of the project. As root PostgreSQL runs
# as another user, who cannot pass through a folder such as a home of mode 0700; then the data are
# in /var/lib/frontdesk. Sourced after verb.bash.
# shellcheck shell=bash

others_may_pass() { # is every folder above PATH open to everyone?
  local folder=$1
  while [[ $folder != / ]]; do
    [[ $(stat -c %A "$folder") == *[xt] ]] || return 1
    folder=$(dirname "$folder")
  done
}

if [[ -z ${FRONTDESK_DATA_DIR:-} ]]; then
  # shellcheck disable=SC2154  # verb.bash sets it
  FRONTDESK_DATA_DIR=$project/var
  if [[ $EUID -eq 0 ]] && ! others_may_pass "$project"; then FRONTDESK_DATA_DIR=/var/lib/frontdesk; fi
fi
export FRONTDESK_DATA_DIR
