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

{{/* Where other pods send who asks them for a series of this one; the kubelet puts the pod's name in. */}}
{{- define "forecaster.advertisedUrl" -}}
{{- $host := printf "$(POD_NAME).%s.%s.svc" (include "forecaster.headlessName" .) .Release.Namespace }}
{{- default (printf "http://%s:%s" $host (include "forecaster.httpPort" .)) .Values.api.advertisedUrl }}
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

{{/* Labels of what runs beside the pods, which no service, budget or monitor of theirs may find: (dict "root" $ "part" …). */}}
{{- define "forecaster.partSelectorLabels" -}}
app.kubernetes.io/name: {{ include "forecaster.name" .root | trunc 50 | trimSuffix "-" }}-{{ .part }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
{{- end }}

{{- define "forecaster.partLabels" -}}
{{ include "forecaster.partSelectorLabels" . }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version | replace "+" "_" }}
{{- end }}

{{/* "true" where something else than replicaCount decides how many pods there are. */}}
{{- define "forecaster.isScaled" -}}
{{- if and .Values.autoscaling.hpa.enabled .Values.autoscaling.keda.enabled }}
{{- fail "autoscaling.hpa.enabled and autoscaling.keda.enabled exclude each other: both would set the number of pods." }}
{{- end }}
{{- if or .Values.autoscaling.hpa.enabled .Values.autoscaling.keda.enabled -}}true{{- end }}
{{- end }}

{{/* What must hold across values, beyond the schema's reach; renders nothing. */}}
{{- define "forecaster.check" -}}
{{- if and (include "forecaster.isScaled" .) (dig "Kafka" "StaticMembership" false .Values.config) }}
{{- fail "config.Kafka.StaticMembership must not be true with autoscaling: a static member that is scaled away keeps its partitions for a session." }}
{{- end }}
{{- range $name, $bounds := dict "hpa" (list .Values.autoscaling.hpa.minReplicas .Values.autoscaling.hpa.maxReplicas) "keda" (list .Values.autoscaling.keda.minReplicaCount .Values.autoscaling.keda.maxReplicaCount) }}
{{- if gt (int (first $bounds)) (int (last $bounds)) }}
{{- fail (printf "autoscaling.%s asks for at least %d pods and at most %d." $name (int (first $bounds)) (int (last $bounds))) }}
{{- end }}
{{- end }}
{{- end }}
