# shellcheck shell=bash disable=SC2034,SC2119,SC2120
# Shared by the scripts of this folder; sourced, never run.

checkout=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd -P)

say() { printf '%s\n' "$*" >&2; }
fail() {
  say "scripts/${0##*/}: $*"
  exit 1
}

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
readonly oldest_postgres=15

# The comment at the head of the script that runs is its help.
show_help() { sed -n '2,/^[^#]/{/^#/s/^# \{0,1\}//p}' "$0"; }

# Runs a command as root, where that can be had without a question that nobody is there to answer.
as_root() {
  if ((EUID == 0)); then
    "$@"
  elif [[ -t 0 ]]; then
    sudo "$@"
  else
    sudo -n "$@"
  fi
}

can_install() {
  command -v apt-get >/dev/null || return 1
  ((EUID == 0)) || { command -v sudo >/dev/null && { [[ -t 0 ]] || sudo -n true 2>/dev/null; }; }
}

apt_install() {
  say "Installing $* …"
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends -o DPkg::Lock::Timeout=120 "$@" >&2
}

# Prints the newest PostgreSQL version that apt has with PostGIS 3, when it is new enough.
newest_in_apt() {
  local version
  version=$(apt-cache pkgnames postgresql- 2>/dev/null | sed -nE 's/^postgresql-([0-9]+)-postgis-3$/\1/p' | sort -n | tail -n 1)
  [[ -n $version ]] && ((version >= oldest_postgres)) && echo "$version"
}

# Sets pg_bin to a PostgreSQL that has PostGIS: the newest, or the version in $1. Debian keeps each version in a folder of its
# own; a lone initdb in the PATH may have neither its siblings nor PostGIS beside it, so it comes last and must prove both.
find_postgres() {
  local wanted=${1:-} folder version share
  while read -r folder; do
    version=${folder#/usr/lib/postgresql/} version=${version%/bin}
    if ((version >= oldest_postgres)) && [[ ${wanted:-$version} == "$version" ]] &&
      [[ -x $folder/initdb && -x $folder/pg_ctl && -f /usr/share/postgresql/$version/extension/postgis.control ]]; then
      pg_bin=$folder
      return
    fi
  done < <(compgen -G '/usr/lib/postgresql/[0-9]*/bin' | sort -Vr)

  folder=$(command -v initdb) && folder=$(dirname -- "$(readlink -f -- "$folder")") || return 1
  [[ -x $folder/pg_ctl && -x $folder/pg_config ]] || return 1
  version=$("$folder/pg_config" --version | grep -oE '[0-9]+' | head -n 1)
  share=$("$folder/pg_config" --sharedir)
  ((version >= oldest_postgres)) && [[ ${wanted:-$version} == "$version" && -f $share/extension/postgis.control ]] && pg_bin=$folder
}

ensure_postgres() {
  find_postgres && return
  local version command dropins=/etc/postgresql-common/createcluster.d
  local missing="PostgreSQL $oldest_postgres or newer with PostGIS 3 is not installed"
  version=$(newest_in_apt) || {
    if can_install; then as_root apt-get update >&2 || true; fi
    version=$(newest_in_apt) || fail "$missing, and apt does not offer it (https://wiki.postgresql.org/wiki/Apt does)."
  }
  command="apt-get install postgresql-$version postgresql-$version-postgis-3"
  can_install || fail "$missing. Run: sudo $command"

  # Debian would make and start a cluster on port 5432 that nobody here asked for. While the package is installed, a drop-in
  # of postgresql-common's own says no; it is taken away again, so that the machine's settings stay as they were.
  (
    trap 'as_root rm -f "$dropins/geooffer.conf"; as_root rmdir --ignore-fail-on-non-empty "$dropins"' EXIT
    trap 'exit 130' INT TERM HUP
    as_root mkdir -p "$dropins"
    as_root tee "$dropins/geooffer.conf" >/dev/null <<<'create_main_cluster = false'
    apt_install "postgresql-$version" "postgresql-$version-postgis-3"
  ) && find_postgres && return
  fail "the installation failed. By hand: sudo $command"
}

has_sdk() { [[ $'\n'$(dotnet --list-sdks 2>/dev/null) == *$'\n'10.* ]]; }

ensure_dotnet() {
  has_sdk && return
  if [[ -x ${HOME:-}/.dotnet/dotnet ]]; then
    export DOTNET_ROOT=$HOME/.dotnet PATH=$HOME/.dotnet:$PATH
    has_sdk && return
  fi
  if can_install && apt-cache show dotnet-sdk-10.0 >/dev/null 2>&1 && apt_install dotnet-sdk-10.0 && has_sdk; then return; fi
  fail "the .NET 10 SDK is not installed. One way, for this user only:
  curl -sSL https://dot.net/v1/dotnet-install.sh | bash -s -- --channel 10.0"
}

geooffer_dll=$checkout/src/GeoOffer.Server/bin/Release/net10.0/geooffer.dll
cache=$checkout/.cache

# dotnet build/restore with its output kept back until it fails.
quiet_dotnet() {
  local log
  log=$(mktemp)
  if dotnet "$@" >"$log" 2>&1; then
    rm -f -- "$log"
    return
  fi
  grep -E '(error|warning) [A-Z]+[0-9]+' "$log" | sort -u >&2 || tail -n 20 "$log" >&2
  if grep -qE 'NU1301|NU1101|NU1102|Unable to load the service index' "$log"; then
    say "A package could not be fetched: is the registry of nuget.config within reach?"
  fi
  rm -f -- "$log"
  return 1
}

# Builds the command, unless nothing that goes into it has changed since.
build_geooffer() {
  mkdir -p "$cache"
  (
    flock 9
    if [[ -f $geooffer_dll && -f $cache/built && -z $(changed_since "$cache/built") ]]; then exit; fi
    say "Building …"
    touch "$cache/building"
    quiet_dotnet build "$checkout/src/GeoOffer.Server" -c Release 9>&- || exit 1
    mv -- "$cache/building" "$cache/built"
  ) 9>"$cache/build.lock" || fail "the build failed."
}

# Folders count too: a file that went changes the one it was in.
changed_since() {
  find "$checkout"/{src,data} "$checkout"/{global.json,nuget.config,Directory.Build.props,Directory.Packages.props} \
    \( -name bin -o -name obj -o -name node_modules \) -prune -o -newer "$1" -print -quit 2>/dev/null || true
}

# PostgreSQL refuses to run as root: there, everything of the cluster is done as the user postgres. A server that starts here
# must not keep the locks of the script (descriptors 8 and 9).
as_db_user() (
  exec 8>&- 9>&-
  cd /
  if ((EUID == 0)); then exec runuser -u postgres -- "$@"; else exec "$@"; fi
)

answers() { (exec 3<>"/dev/tcp/$1/$2") 2>/dev/null; }

# A port on the loopback address that nothing answers on, below the range that the kernel hands out by itself.
free_port() {
  local port
  while :; do
    port=$((20000 + RANDOM % 12000))
    answers 127.0.0.1 "$port" || break
  done
  echo "$port"
}

new_password() { od -An -N24 -tx1 /dev/urandom | tr -d ' \n'; }

child=
stopping=

# On a signal: pass it on and let the child end by itself; without a child, end at once. Clean-up is the EXIT trap's.
trap_signals() {
  trap 'on_signal 130' INT
  trap 'on_signal 143' TERM HUP
}

on_signal() {
  stopping=$1
  if [[ -n $child ]]; then kill -TERM "$child" 2>/dev/null || true; else exit "$stopping"; fi
}

# A job of the background, since the shell answers to signals only between foreground commands. Descriptor 8 stays open there:
# a service that outlives a killed script still uses the cluster.
start_child() {
  "$@" <&0 9>&- &
  child=$!
}

child_lives() { kill -0 "$child" 2>/dev/null; }

# Returns the exit code of the child; a signal interrupts wait, so it is asked again until the child is gone.
wait_for_child() {
  local code=0
  while child_lives; do wait "$child" || true; done
  wait "$child" || code=$?
  child=
  return "$code"
}

geooffer() {
  start_child dotnet "$geooffer_dll" "$@"
  wait_for_child
}
