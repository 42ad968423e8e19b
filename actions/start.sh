# Starts launchready from the one step of an action: source "…/start.sh" COMMAND
#
# Runs in any bash since 3.2 (macOS), also Git's bash on Windows. It takes the first Python that is
# new enough: on PATH, else from the runner's tool cache. On Windows `python3` may be a stub that
# opens a shop, so `python` comes first there.

launchready_pythons=(python3 python python3.14 python3.13 python3.12 python3.11)
if [[ ${RUNNER_OS:-} == Windows ]]; then
  launchready_pythons=(python python3)
fi
if [[ -n ${RUNNER_TOOL_CACHE:-} ]]; then
  launchready_pythons+=("$RUNNER_TOOL_CACHE"/Python/3.*/*/bin/python3)
fi

for launchready_python in "${launchready_pythons[@]}"; do
  # -I: neither PYTHONPATH nor a file in the examined folder takes the place of a module.
  if "$launchready_python" -I -S -c 'import sys; sys.exit(sys.version_info < (3, 11))' &>/dev/null; then
    exec "$launchready_python" -I -X utf8 "${BASH_SOURCE[0]%/*}/start.py" "$@"
  fi
done

echo '::error title=launchready needs Python 3.11 or newer::This runner has none. Put a step before this one that uses actions/setup-python with python-version "3.13".'
exit 3
