from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from ehr import access, clock
from ehr.api import ApiView, DetailView, checked

from .. import operations, serializers
from ..models import Objective, Project, Task
from ..permissions import PerformancePermission as P
from .base import AboutPeople, InStateFilter


def objectives(user: Any) -> Any:
    return Objective.objects.visible_to(user).for_page()


def projects(user: Any) -> Any:
    return Project.objects.visible_to(user).for_page()


class Objectives(AboutPeople):
    permissions = {"GET": P.VIEW_WORK, "POST": P.CHANGE_WORK}
    serializer_class = serializers.ObjectiveSerializer
    asks = serializers.NewObjectiveSerializer
    filterset_class = InStateFilter

    def rows(self, user: Any) -> Any:
        return objectives(user)

    def make(self, **facts: Any) -> Any:
        return objectives(facts["by"]).get(pk=operations.set_objective(**facts).pk)


class ObjectiveDetail(DetailView):
    permission = P.VIEW_WORK
    serializer_class = serializers.ObjectiveSerializer

    def rows(self, user: Any) -> Any:
        return objectives(user)


class CheckIns(ApiView):
    permission = P.CHANGE_WORK

    @extend_schema(request=serializers.CheckInSerializer, responses=serializers.ObjectiveSerializer)
    def post(self, request: Request, pk: UUID) -> Response:
        objective: Objective = self.load(objectives(request.user), pk=pk)
        access.check(request.user, P.CHANGE_WORK, objective)
        asked = checked(serializers.CheckInSerializer, request)
        key_result = self.load(objective.key_results.all(), pk=asked.pop("key_result"))
        objective.check_in(key_result=key_result, **asked, by=request.user, at=clock.now())
        return Response(serializers.ObjectiveSerializer(objectives(request.user).get(pk=pk)).data)


class ObjectiveClosure(ApiView):
    permission = P.CHANGE_WORK

    @extend_schema(request=None, responses=serializers.ObjectiveSerializer)
    def post(self, request: Request, pk: UUID) -> Response:
        objective: Objective = self.load(objectives(request.user), pk=pk)
        access.check(request.user, P.CHANGE_WORK, objective)
        objective.close(by=request.user, at=clock.now())
        return Response(serializers.ObjectiveSerializer(objective).data)


class Projects(AboutPeople):
    permissions = {"GET": P.VIEW_WORK, "POST": P.CHANGE_WORK}
    serializer_class = serializers.ProjectSerializer
    asks = serializers.NewProjectSerializer
    filterset_class = InStateFilter

    def rows(self, user: Any) -> Any:
        return projects(user)

    def make(self, **facts: Any) -> Any:
        return projects(facts["by"]).get(pk=operations.start_project(**facts).pk)


class ProjectDetail(DetailView):
    permission = P.VIEW_WORK
    serializer_class = serializers.ProjectSerializer

    def rows(self, user: Any) -> Any:
        return projects(user)


class Progress(ApiView):
    permission = P.CHANGE_WORK

    @extend_schema(request=serializers.ProgressSerializer, responses=serializers.ProjectSerializer)
    def post(self, request: Request, pk: UUID) -> Response:
        project: Project = self.load(projects(request.user), pk=pk)
        access.check(request.user, P.CHANGE_WORK, project)
        asked = checked(serializers.ProgressSerializer, request)
        project.report(**asked, by=request.user, at=clock.now())
        return Response(serializers.ProjectSerializer(projects(request.user).get(pk=pk)).data)


class Tasks(AboutPeople):
    permissions = {"GET": P.VIEW_WORK, "POST": P.CHANGE_WORK}
    serializer_class = serializers.TaskSerializer
    asks = serializers.NewTaskSerializer
    filterset_class = InStateFilter

    def rows(self, user: Any) -> Any:
        return Task.objects.visible_to(user).select_related("employment")

    def make(self, **facts: Any) -> Task:
        chosen = facts.pop("project")
        project = self.load(Project.objects.of(facts["employment"]), pk=chosen) if chosen else None
        return operations.open_task(project=project, **facts)


class TaskCompletion(ApiView):
    permission = P.CHANGE_WORK

    @extend_schema(request=None, responses=serializers.TaskSerializer)
    def post(self, request: Request, pk: UUID) -> Response:
        task: Task = self.load(Task.objects.visible_to(request.user).select_related("employment"), pk=pk)
        access.check(request.user, P.CHANGE_WORK, task)
        task.finish(by=request.user, at=clock.now())
        return Response(serializers.TaskSerializer(task).data)
