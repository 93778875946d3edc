from typing import Any
from uuid import UUID

from rest_framework.request import Request
from rest_framework.response import Response

from ehr import access, clock
from ehr.api import ApiView, DetailView, ListView

from .. import operations, serializers
from ..models import Objective, Project, Task
from ..permissions import PerformancePermission as P
from .base import InStateFilter, checked, person


def objectives(user: Any) -> Any:
    return Objective.objects.visible_to(user).for_page()


def projects(user: Any) -> Any:
    return Project.objects.visible_to(user).for_page()


class Objectives(ListView):
    permissions = {"GET": P.VIEW_WORK, "POST": P.CHANGE_WORK}
    serializer_class = serializers.ObjectiveSerializer
    filterset_class = InStateFilter

    def rows(self, user: Any) -> Any:
        return objectives(user)

    def post(self, request: Request) -> Response:
        asked = checked(serializers.NewObjectiveSerializer, request).validated_data
        employment = person(request.user, asked.pop("employee_number"), P.CHANGE_WORK)
        made = operations.set_objective(employment=employment, **asked, by=request.user, at=clock.now())
        return Response(self.get_serializer(objectives(request.user).get(pk=made.pk)).data, status=201)


class ObjectiveDetail(DetailView):
    permission = P.VIEW_WORK
    serializer_class = serializers.ObjectiveSerializer

    def rows(self, user: Any) -> Any:
        return objectives(user)


class CheckIns(ApiView):
    permission = P.CHANGE_WORK
    serializer_class = serializers.ObjectiveSerializer

    def post(self, request: Request, pk: UUID) -> Response:
        objective: Objective = self.load(objectives(request.user), pk=pk)
        access.check(request.user, P.CHANGE_WORK, objective)
        asked = checked(serializers.CheckInSerializer, request).validated_data
        key_result = self.load(objective.key_results.all(), pk=asked.pop("key_result"))
        objective.check_in(key_result=key_result, **asked, by=request.user, at=clock.now())
        return Response(serializers.ObjectiveSerializer(objectives(request.user).get(pk=pk)).data)


class ObjectiveClosure(ApiView):
    permission = P.CHANGE_WORK
    serializer_class = serializers.ObjectiveSerializer

    def post(self, request: Request, pk: UUID) -> Response:
        objective: Objective = self.load(objectives(request.user), pk=pk)
        access.check(request.user, P.CHANGE_WORK, objective)
        objective.close(by=request.user, at=clock.now())
        return Response(serializers.ObjectiveSerializer(objective).data)


class Projects(ListView):
    permissions = {"GET": P.VIEW_WORK, "POST": P.CHANGE_WORK}
    serializer_class = serializers.ProjectSerializer
    filterset_class = InStateFilter

    def rows(self, user: Any) -> Any:
        return projects(user)

    def post(self, request: Request) -> Response:
        asked = checked(serializers.NewProjectSerializer, request).validated_data
        employment = person(request.user, asked.pop("employee_number"), P.CHANGE_WORK)
        made = operations.start_project(employment=employment, **asked, by=request.user, at=clock.now())
        return Response(self.get_serializer(projects(request.user).get(pk=made.pk)).data, status=201)


class ProjectDetail(DetailView):
    permission = P.VIEW_WORK
    serializer_class = serializers.ProjectSerializer

    def rows(self, user: Any) -> Any:
        return projects(user)


class Progress(ApiView):
    permission = P.CHANGE_WORK
    serializer_class = serializers.ProjectSerializer

    def post(self, request: Request, pk: UUID) -> Response:
        project: Project = self.load(projects(request.user), pk=pk)
        access.check(request.user, P.CHANGE_WORK, project)
        asked = checked(serializers.ProgressSerializer, request).validated_data
        project.report(**asked, by=request.user, at=clock.now())
        return Response(serializers.ProjectSerializer(projects(request.user).get(pk=pk)).data)


class Tasks(ListView):
    permissions = {"GET": P.VIEW_WORK, "POST": P.CHANGE_WORK}
    serializer_class = serializers.TaskSerializer
    filterset_class = InStateFilter

    def rows(self, user: Any) -> Any:
        return Task.objects.visible_to(user).select_related("employment")

    def post(self, request: Request) -> Response:
        asked = checked(serializers.NewTaskSerializer, request).validated_data
        employment = person(request.user, asked.pop("employee_number"), P.CHANGE_WORK)
        chosen = asked.pop("project")
        project = self.load(Project.objects.of(employment), pk=chosen) if chosen else None
        made = operations.open_task(employment=employment, project=project, **asked, by=request.user, at=clock.now())
        return Response(self.get_serializer(made).data, status=201)


class TaskCompletion(ApiView):
    permission = P.CHANGE_WORK
    serializer_class = serializers.TaskSerializer

    def post(self, request: Request, pk: UUID) -> Response:
        task: Task = self.load(Task.objects.visible_to(request.user).select_related("employment"), pk=pk)
        access.check(request.user, P.CHANGE_WORK, task)
        task.finish(by=request.user, at=clock.now())
        return Response(serializers.TaskSerializer(task).data)
