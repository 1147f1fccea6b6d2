from django.urls import path

from contacts.api import views

urlpatterns = [
    path("municipalities/", views.Municipalities.as_view(), name="api-municipalities"),
    path("municipalities/<str:code>/", views.OneMunicipality.as_view(), name="api-municipality"),
    path("authorities/<str:code>/", views.OneAuthority.as_view(), name="api-authority"),
]
