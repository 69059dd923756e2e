# shellcheck shell=bash disable=SC2034
# Shared by the scripts of this folder; sourced, never run.

checkout=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd -P)

say() { printf '%s\n' "$*" >&2; }
fail() {
  say "${0##*/}: $*"
  exit 1
}

# --- PostgreSQL -------------------------------------------------------------------------------------------------------------

readonly oldest_postgres=15

# Sets pg_bin to the newest PostgreSQL that has PostGIS. Debian keeps each version in a folder of its own; a lone initdb in the
# PATH may have neither its siblings nor PostGIS beside it, so it comes last and must prove both.
find_postgres() {
  local folder version share
  while read -r folder; do
    version=${folder#/usr/lib/postgresql/} version=${version%/bin}
    if ((version >= oldest_postgres)) && [[ -x $folder/initdb && -x $folder/pg_ctl && -x $folder/psql &&
      -f /usr/share/postgresql/$version/extension/postgis.control ]]; then
      pg_bin=$folder
      return
    fi
  done < <(compgen -G '/usr/lib/postgresql/[0-9]*/bin' | sort -Vr)

  folder=$(command -v initdb) && folder=$(dirname -- "$(readlink -f -- "$folder")") || return 1
  [[ -x $folder/pg_ctl && -x $folder/psql && -x $folder/pg_config ]] || return 1
  version=$("$folder/pg_config" --version | grep -oE '[0-9]+' | head -n 1)
  share=$("$folder/pg_config" --sharedir)
  ((version >= oldest_postgres)) && [[ -f $share/extension/postgis.control ]] && pg_bin=$folder
}

# PostgreSQL refuses to run as root: there, everything of the cluster is done as the user postgres.
as_db_user() {
  if ((EUID == 0)); then
    (cd / && exec runuser -u postgres -- "$@")
  else
    (cd / && exec "$@")
  fi
}

# A port on the loopback address that nothing answers on, below the range that the kernel hands out by itself.
free_port() {
  local port
  while :; do
    port=$((20000 + RANDOM % 12000))
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || break
  done
  echo "$port"
}

new_password() { od -An -N24 -tx1 /dev/urandom | tr -d ' \n'; }
