{{/* Folder of mounted secrets: files named as settings, and below "tls" what librdkafka reads by itself. */}}
{{- define "forecaster.secretsPath" -}}/etc/forecaster/secrets{{- end }}

{{/* librdkafka's security.protocol. */}}
{{- define "forecaster.securityProtocol" -}}
{{- if .Values.kafka.sasl.mechanism -}}
{{ ternary "sasl_ssl" "sasl_plaintext" .Values.kafka.tls.enabled }}
{{- else -}}
{{ ternary "ssl" "plaintext" .Values.kafka.tls.enabled }}
{{- end -}}
{{- end }}

{{/* "true" where TLS needs files of the secret. */}}
{{- define "forecaster.hasTlsFiles" -}}
{{- if and .Values.kafka.tls.enabled (or .Values.kafka.tls.mutual (eq .Values.kafka.tls.authorities "secret")) -}}true{{- end }}
{{- end }}

{{/* librdkafka properties that values decide, as JSON; none of them is secret. */}}
{{- define "forecaster.clientProperties" -}}
{{- $kafka := .Values.kafka }}
{{- $client := dict "security.protocol" (include "forecaster.securityProtocol" .) }}
{{- $files := printf "%s/tls" (include "forecaster.secretsPath" .) }}
{{- if and $kafka.tls.enabled (eq $kafka.tls.authorities "secret") }}
{{- $_ := set $client "ssl.ca.location" (printf "%s/ca.crt" $files) }}
{{- end }}
{{- if and $kafka.tls.enabled $kafka.tls.mutual }}
{{- $_ := set $client "ssl.certificate.location" (printf "%s/tls.crt" $files) }}
{{- $_ := set $client "ssl.key.location" (printf "%s/tls.key" $files) }}
{{- end }}
{{- with $kafka.sasl.mechanism }}
{{- $_ := set $client "sasl.mechanism" . }}
{{- end }}
{{- if eq $kafka.sasl.mechanism "OAUTHBEARER" }}
{{- $endpoint := required "kafka.sasl.oauth.tokenEndpoint is required with kafka.sasl.mechanism OAUTHBEARER." $kafka.sasl.oauth.tokenEndpoint }}
{{- $_ := set $client "sasl.oauthbearer.method" "oidc" }}
{{- $_ := set $client "sasl.oauthbearer.token.endpoint.url" $endpoint }}
{{- with $kafka.sasl.oauth.scope }}
{{- $_ := set $client "sasl.oauthbearer.scope" . }}
{{- end }}
{{- end }}
{{- $client | toJson }}
{{- end }}

{{/* The daemon's configuration as JSON: config, and what the chart itself decides. */}}
{{- define "forecaster.config" -}}
{{- $kafka := dict "BootstrapServers" .Values.kafka.bootstrapServers "Client" (include "forecaster.clientProperties" . | fromJson) }}
{{- if include "forecaster.isScaled" . }}
{{- $_ := set $kafka "StaticMembership" false }}
{{- end }}
{{- if include "forecaster.secretSources" . | trim }}
{{- $_ := set $kafka "NewSecrets" (dig "Kafka" "NewSecrets" "stop" .Values.config) }}
{{- end }}
{{- $http := dict "Port" (include "forecaster.httpPort" . | int) }}
{{- if not (kindIs "invalid" .Values.api.historyBytes) }}
{{- $_ := set $http "HistoryBytes" (.Values.api.historyBytes | int64) }}
{{- end }}
{{- mergeOverwrite (deepCopy .Values.config) (dict "Kafka" $kafka "Http" $http) | toPrettyJson }}
{{- end }}

{{/* Sources of the volume of secrets; nothing where none is needed. */}}
{{- define "forecaster.secretSources" -}}
{{- $kafka := .Values.kafka }}
{{- if or $kafka.sasl.mechanism (include "forecaster.hasTlsFiles" .) }}
- secret:
    name: {{ required "kafka.existingSecret is required: it holds what kafka.sasl.mechanism and kafka.tls need (kafka.tls.authorities: image needs nothing of it)." $kafka.existingSecret }}
    items:
      {{- if eq $kafka.sasl.mechanism "OAUTHBEARER" }}
      - key: client-id
        path: Kafka__Client__sasl.oauthbearer.client.id
      - key: client-secret
        path: Kafka__Client__sasl.oauthbearer.client.secret
      {{- else if $kafka.sasl.mechanism }}
      - key: username
        path: Kafka__Client__sasl.username
      - key: password
        path: Kafka__Client__sasl.password
      {{- end }}
      {{- if and $kafka.tls.enabled (eq $kafka.tls.authorities "secret") }}
      - key: ca.crt
        path: tls/ca.crt
      {{- end }}
      {{- if and $kafka.tls.enabled $kafka.tls.mutual }}
      - key: tls.crt
        path: tls/tls.crt
      - key: tls.key
        path: tls/tls.key
      {{- end }}
{{- end }}
{{- with .Values.api.existingSecret }}
- secret:
    name: {{ . }}
    items:
      - key: read-token
        path: Http__ReadToken
      - key: write-token
        path: Http__WriteToken
{{- end }}
{{- with .Values.schemaRegistry.existingSecret }}
- secret:
    name: {{ . }}
    items:
      - key: username
        path: Input__Schema__RegistryUser
      - key: password
        path: Input__Schema__RegistryPassword
{{- end }}
{{- end }}

{{/* "true" where records pass through the repartition topic: as the daemon decides it. */}}
{{- define "forecaster.repartitions" -}}
{{- $input := dig "Input" dict .Values.config }}
{{- $mode := dig "Repartition" "auto" $input }}
{{- $format := dig "Format" "auto" $input }}
{{- $byLabels := has $format (list "influx" "telegraf-json" "prometheus" "vector" "otlp-json" "otlp-proto") }}
{{- $chosen := and (eq $format "auto") (or (dig "KeepLabels" list $input) (dig "DropLabels" list $input)) }}
{{- if or (eq $mode "on") (and (eq $mode "auto") (or $byLabels $chosen)) -}}true{{- end }}
{{- end }}
