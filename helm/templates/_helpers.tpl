{{/* Port of the daemon's HTTP listener in the container. */}}
{{- define "forecaster.httpPort" -}}9464{{- end }}

{{- define "forecaster.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" }}
{{- end }}

{{/* 52 characters: a StatefulSet's name becomes a label with a revision hash behind it. */}}
{{- define "forecaster.fullname" -}}
{{- if .Values.fullnameOverride }}
{{- .Values.fullnameOverride | trunc 52 | trimSuffix "-" }}
{{- else if contains (include "forecaster.name" .) .Release.Name }}
{{- .Release.Name | trunc 52 | trimSuffix "-" }}
{{- else }}
{{- printf "%s-%s" .Release.Name (include "forecaster.name" .) | trunc 52 | trimSuffix "-" }}
{{- end }}
{{- end }}

{{- define "forecaster.headlessName" -}}
{{- include "forecaster.fullname" . }}-headless
{{- end }}

{{- define "forecaster.serviceAccountName" -}}
{{- if .Values.serviceAccount.create }}
{{- default (include "forecaster.fullname" .) .Values.serviceAccount.name }}
{{- else }}
{{- default "default" .Values.serviceAccount.name }}
{{- end }}
{{- end }}

{{- define "forecaster.image" -}}
{{- if .Values.image.digest }}
{{- printf "%s@%s" .Values.image.repository .Values.image.digest }}
{{- else }}
{{- printf "%s:%s" .Values.image.repository (default .Chart.AppVersion .Values.image.tag) }}
{{- end }}
{{- end }}

{{- define "forecaster.selectorLabels" -}}
app.kubernetes.io/name: {{ include "forecaster.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "forecaster.labels" -}}
{{ include "forecaster.selectorLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- end }}

{{/* librdkafka's security.protocol. */}}
{{- define "forecaster.securityProtocol" -}}
{{- if .Values.kafka.sasl.mechanism -}}
{{ ternary "sasl_ssl" "sasl_plaintext" .Values.kafka.tls.enabled }}
{{- else -}}
{{ ternary "ssl" "plaintext" .Values.kafka.tls.enabled }}
{{- end -}}
{{- end }}

{{/* The daemon's configuration as JSON: config, and what the chart itself decides. */}}
{{- define "forecaster.config" -}}
{{- $client := dict "security.protocol" (include "forecaster.securityProtocol" .) }}
{{- with .Values.kafka.sasl.mechanism }}
{{- $_ := set $client "sasl.mechanism" . }}
{{- end }}
{{- $kafka := dict "BootstrapServers" .Values.kafka.bootstrapServers "Client" $client }}
{{- $http := dict "Port" (include "forecaster.httpPort" . | int) }}
{{- mergeOverwrite (deepCopy .Values.config) (dict "Kafka" $kafka "Http" $http) | toPrettyJson }}
{{- end }}

{{/* Variables that carry what the Kafka secret holds; nothing without TLS and SASL. */}}
{{- define "forecaster.kafkaSecretEnv" -}}
{{- $secret := .Values.kafka.existingSecret }}
{{- if .Values.kafka.sasl.mechanism }}
{{- $secret = required "kafka.existingSecret is required with kafka.sasl.mechanism: it holds username and password." $secret }}
- name: FORECASTER__Kafka__Client__sasl.username
  valueFrom:
    secretKeyRef:
      name: {{ $secret }}
      key: username
- name: FORECASTER__Kafka__Client__sasl.password
  valueFrom:
    secretKeyRef:
      name: {{ $secret }}
      key: password
{{- end }}
{{- if and .Values.kafka.tls.enabled $secret }}
{{- range $property, $key := dict "ssl.ca.pem" "ca.crt" "ssl.certificate.pem" "tls.crt" "ssl.key.pem" "tls.key" }}
- name: FORECASTER__Kafka__Client__{{ $property }}
  valueFrom:
    secretKeyRef:
      name: {{ $secret }}
      key: {{ $key }}
      optional: true
{{- end }}
{{- end }}
{{- end }}
