"""Words that say nothing by themselves, in Spanish and Portuguese, folded."""

_SPANISH = """
a al algo algun alguna algunas alguno algunos ante antes aquel aquella aquellas aquello aquellos asi
aun aunque cada como con contra cual cuales cualquier cuando cuanto de del desde donde dos durante e
el ella ellas ello ellos en entre era eran eres es esa esas ese eso esos esta estaba estaban estan
estar estas este esto estos fue fueron ha haber habia habian han hasta hay la las le les lo los mas
me mi mis misma mismas mismo mismos muy ni no nos nosotros nuestra nuestras nuestro nuestros o os
otra otras otro otros para pero por porque pues que quien quienes se sea sean ser si sido sin sino
sobre solo son su sus suya suyas suyo suyos tal tales tambien tan tanto te tener tengan tenia tiene
tienen toda todas todo todos tras tu tus u un una unas uno unos usted ustedes y ya yo
"""
_PORTUGUESE = """
a ainda alem algum alguma algumas alguns ao aos apos aquela aquelas aquele aqueles aquilo as ate cada
com como contra cuja cujas cujo cujos da das de dela delas dele deles desde dessa dessas desse desses
desta destas deste destes disso disto do dos durante e ela elas ele eles em entre era eram essa essas
esse esses esta estao estar estas estava estavam este estes eu foi foram ha isso isto ja la lhe lhes
mais mas me mesma mesmas mesmo mesmos meu meus minha minhas muito na nao nas nela nelas nele neles
nem nessa nessas nesse nesses nesta nestas neste nestes nisso no nos nossa nossas nosso nossos num
numa o onde os ou outra outras outro outros para pela pelas pelo pelos pode podem por porque qual
quais qualquer quando que quem sao se seja sejam sem sempre ser sera serao seu seus sido so sob sobre
sua suas tais tal tambem tanto tao te tem tendo ter teve tinha tinham toda todas todo todos tu um uma
umas uns voce voces
"""
STOP_WORDS = frozenset(_SPANISH.split()) | frozenset(_PORTUGUESE.split())
