"""The six themes of the ficha (item 1.3). From here on they are the Secretaría's data."""

from django.db import migrations

THEMES = [
    {
        "code": "border_information_systems",
        "colour": "tone-1",
        "texts": {
            "es": {
                "name": (
                    "Sistemas de información y mecanismos operativos para el registro migratorio de "
                    "frontera"
                ),
                "short_name": "Registro migratorio de frontera",
                "slug": "registro-migratorio-de-frontera",
                "description": (
                    "Cómo registran los países la entrada, la salida y la permanencia de las "
                    "personas: sistemas de información, puestos de control, documentos y datos "
                    "biométricos, intercambio de datos entre instituciones y uso de los registros "
                    "para producir estadísticas, con protección de los datos personales."
                ),
            },
            "pt-br": {
                "name": (
                    "Sistemas de informação e mecanismos operacionais para o registro migratório de "
                    "fronteira"
                ),
                "short_name": "Registro migratório de fronteira",
                "slug": "registro-migratorio-de-fronteira",
                "description": (
                    "Como os países registram a entrada, a saída e a permanência das pessoas: "
                    "sistemas de informação, postos de controle, documentos e dados biométricos, "
                    "intercâmbio de dados entre instituições e uso dos registros para produzir "
                    "estatísticas, com proteção dos dados pessoais."
                ),
            },
        },
    },
    {
        "code": "social_consultation",
        "colour": "tone-2",
        "texts": {
            "es": {
                "name": (
                    "Políticas migratorias desarrolladas con base en procesos de consulta social"
                ),
                "short_name": "Consulta social",
                "slug": "consulta-social",
                "description": (
                    "Leyes, planes y políticas que se preparan con la participación de personas "
                    "migrantes, organizaciones sociales, universidades, gobiernos locales y "
                    "comunidades en el exterior: conferencias, mesas de trabajo, consultas públicas y"
                    " otras formas de escuchar antes de decidir y de rendir cuentas después."
                ),
            },
            "pt-br": {
                "name": (
                    "Políticas migratórias desenvolvidas com base em processos de consulta social"
                ),
                "short_name": "Consulta social",
                "slug": "consulta-social",
                "description": (
                    "Leis, planos e políticas elaborados com a participação de pessoas migrantes, "
                    "organizações sociais, universidades, governos locais e comunidades no exterior: "
                    "conferências, mesas de trabalho, consultas públicas e outras formas de ouvir "
                    "antes de decidir e de prestar contas depois."
                ),
            },
        },
    },
    {
        "code": "human_rights",
        "colour": "tone-3",
        "texts": {
            "es": {
                "name": (
                    "Fortalecimiento de las prácticas en derechos humanos en la política migratoria"
                ),
                "short_name": "Derechos humanos",
                "slug": "derechos-humanos",
                "description": (
                    "Prácticas que protegen y hacen efectivos los derechos de las personas migrantes "
                    "y de sus familias: regularización, acceso a la salud, la educación y el trabajo,"
                    " nacionalidad y prevención de la apatridia, acogida humanitaria y atención a la "
                    "niñez y a otras personas en situación de vulnerabilidad."
                ),
            },
            "pt-br": {
                "name": (
                    "Fortalecimento das práticas em direitos humanos na política migratória"
                ),
                "short_name": "Direitos humanos",
                "slug": "direitos-humanos",
                "description": (
                    "Práticas que protegem e tornam efetivos os direitos das pessoas migrantes e de "
                    "suas famílias: regularização, acesso à saúde, à educação e ao trabalho, "
                    "nacionalidade e prevenção da apatridia, acolhida humanitária e atenção a "
                    "crianças e a outras pessoas em situação de vulnerabilidade."
                ),
            },
        },
    },
    {
        "code": "consular_assistance",
        "colour": "tone-4",
        "texts": {
            "es": {
                "name": (
                    "Mecanismos integrales de asistencia consular y sistemas de información "
                    "consulares"
                ),
                "short_name": "Asistencia consular",
                "slug": "asistencia-consular",
                "description": (
                    "Servicios para la población que vive fuera de su país o que regresa a él: "
                    "documentación, consulados móviles, protección ante situaciones de riesgo, "
                    "vínculo con la diáspora, acompañamiento al retorno y sistemas de información que"
                    " permiten a los consulados atender mejor y más cerca."
                ),
            },
            "pt-br": {
                "name": (
                    "Mecanismos integrais de assistência consular e sistemas de informação consulares"
                ),
                "short_name": "Assistência consular",
                "slug": "assistencia-consular",
                "description": (
                    "Serviços para a população que vive fora de seu país ou que volta a ele: "
                    "documentação, consulados móveis, proteção em situações de risco, vínculo com a "
                    "diáspora, acompanhamento do retorno e sistemas de informação que permitem aos "
                    "consulados atender melhor e mais de perto."
                ),
            },
        },
    },
    {
        "code": "institutional_restructuring",
        "colour": "tone-5",
        "texts": {
            "es": {
                "name": (
                    "Reestructuración de la institucionalidad migratoria y de los mecanismos de "
                    "gestión"
                ),
                "short_name": "Institucionalidad migratoria",
                "slug": "institucionalidad-migratoria",
                "description": (
                    "Cómo se organiza el Estado para gestionar la migración: nuevas leyes y "
                    "autoridades, servicios especializados, consejos y mesas de coordinación entre "
                    "ministerios, presencia en las regiones y los municipios, simplificación de "
                    "trámites y mejora de los procesos de atención."
                ),
            },
            "pt-br": {
                "name": (
                    "Reestruturação da institucionalidade migratória e dos mecanismos de gestão"
                ),
                "short_name": "Institucionalidade migratória",
                "slug": "institucionalidade-migratoria",
                "description": (
                    "Como o Estado se organiza para gerir a migração: novas leis e autoridades, "
                    "serviços especializados, conselhos e mesas de coordenação entre ministérios, "
                    "presença nas regiões e nos municípios, simplificação de procedimentos e melhoria"
                    " dos processos de atendimento."
                ),
            },
        },
    },
    {
        "code": "other",
        "colour": "tone-6",
        "texts": {
            "es": {
                "name": "Otro",
                "short_name": "Otro",
                "slug": "otros-temas",
                "description": (
                    "Experiencias que los países consideran valiosas y que no entran del todo en las "
                    "cinco áreas anteriores, como la inclusión en el ámbito local, el retorno "
                    "productivo o los vínculos con la diáspora. Cada ficha indica con sus propias "
                    "palabras el tema del que trata."
                ),
            },
            "pt-br": {
                "name": "Outro",
                "short_name": "Outro",
                "slug": "outros-temas",
                "description": (
                    "Experiências que os países consideram valiosas e que não cabem por inteiro nas "
                    "cinco áreas anteriores, como a inclusão no âmbito local, o retorno produtivo ou "
                    "os vínculos com a diáspora. Cada ficha indica, com suas próprias palavras, o "
                    "tema de que trata."
                ),
            },
        },
    },
]


def create_themes(apps, schema_editor):
    Theme = apps.get_model("practices", "Theme")
    ThemeText = apps.get_model("practices", "ThemeText")
    for order, data in enumerate(THEMES, start=1):
        code = data["code"]
        theme = Theme.objects.create(
            code=code, order=order, colour=data["colour"], icon=f"theme-{code}"
        )
        for language, text in data["texts"].items():
            ThemeText.objects.create(theme=theme, language=language, **text)


class Migration(migrations.Migration):
    dependencies = [("practices", "0001_initial")]

    operations = [migrations.RunPython(create_themes, migrations.RunPython.noop)]
