#!/bin/sh
# Runs PROGRAM, which has the tests of gui/secrets, with a desktop of its own: a private bus that starts no service, a
# GNOME Keyring in a temporary folder, and neither display nor the person's own keyring. A round for each name that
# tests begin with. Ends with 77 and one line when this machine lacks what it takes.
#   keyring_session.sh PROGRAM
set -eu

leave_out() {
  echo "gui.secrets: left out, $1 is not here (Debian: $2)"
  exit 77
}
command -v dbus-run-session >/dev/null || leave_out dbus-run-session dbus
command -v gnome-keyring-daemon >/dev/null || leave_out gnome-keyring-daemon gnome-keyring
ldconfig -p 2>/dev/null | grep -q 'libsecret-1\.so\.0' || /sbin/ldconfig -p | grep -q 'libsecret-1\.so\.0' ||
  leave_out libsecret-1.so.0 libsecret-1-0

program=$1
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir -m 700 "$folder/data" "$folder/run"
export HOME="$folder" XDG_DATA_HOME="$folder/data" XDG_RUNTIME_DIR="$folder/run"
unset DISPLAY WAYLAND_DISPLAY DBUS_SESSION_BUS_ADDRESS
cat >"$folder/bus.conf" <<END
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
  "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=$folder/run</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/>
  </policy>
</busconfig>
END

# $1: how the daemon begins; $2: the tests. The daemon ends with its bus.
round() {
  export KEYRING_BEGINS="$1" TESTS="$2" PROGRAM="$program"
  dbus-run-session --config-file="$folder/bus.conf" -- sh -c '
    if [ "$KEYRING_BEGINS" = unlocked ]; then
      printf geheim | gnome-keyring-daemon --unlock --components=secrets >/dev/null
    elif [ "$KEYRING_BEGINS" = locked ]; then
      gnome-keyring-daemon --start --components=secrets >/dev/null
    fi
    process_of() {
      dbus-send --session --print-reply --dest=org.freedesktop.DBus /org/freedesktop/DBus \
        org.freedesktop.DBus.GetConnectionUnixProcessID "string:$1" | sed -n "s/.*uint32 //p"
    }
    BUS_PID=$(process_of org.freedesktop.DBus)
    export BUS_PID
    if [ "$KEYRING_BEGINS" = stopped ]; then
      gnome-keyring-daemon --start --components=secrets >/dev/null
      daemon=$(process_of org.freedesktop.secrets)
      kill -STOP "$daemon"
      trap "kill -KILL $daemon" EXIT
    fi
    "$PROGRAM" --test-case="$TESTS"' 2>"$folder/stderr" || {
    cat "$folder/stderr"
    exit 1
  }
}
round unlocked 'an open keyring*'
round locked 'a locked keyring*'
round unlocked 'a bus that goes*'
round stopped 'a keyring that does not answer*'
round none 'a desktop without a keyring*'
"$program" --test-case='without*'
